"""The fictional staff college whose syllabi are the sample: their sources, and writers for each binary format.

The text of a syllabus is a file in `source/`, in the few marks that `markup` knows; `page`, `scan`, `word`, `odf`
and `rich` write it as PDF, scanned PDF, DOCX, ODT and RTF. Nothing here knows what the audit makes of it.
"""
