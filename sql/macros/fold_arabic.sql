-- A text as search sees it: alef, hamza seats, ya, ta marbuta and kaf in one form each, no vowel marks, no tatweel, Latin digits.
-- A lone hamza stays. Example: SELECT fold_arabic('مُؤسَّسة') is 'موسسه'.
-- @value: Any text.
CREATE MACRO fold_arabic(value) AS
    translate(
        lower(value),
        'أإآٱىئؤةکیھ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ـًٌٍَُِّْٰٕٓٔ' || chr(8204) || chr(8205) || chr(8206) || chr(8207),
        'ااااييوهكيه01234567890123456789'
    )
