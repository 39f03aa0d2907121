"""Where Tarmim keeps things: the home's layout, Parquet generations, and the published warehouse. No stage logic here."""
