-- What an upload was begun with, beside bytes_total: another file is never appended to its kept part.
alter table transfer add column fingerprint text;
