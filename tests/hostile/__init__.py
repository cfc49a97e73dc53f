"""Files that would harm a careless reader, made by code; each builder returns the bytes of one."""
