"""The contracts of all tables: what belongs here is structure and meaning, never behaviour of a stage."""

from pipeline.schema.contract import Column, ContractError, Table
from pipeline.schema.tables import TABLES

__all__ = ["TABLES", "Column", "ContractError", "Table"]
