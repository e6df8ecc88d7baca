-- Which command made a version of a register row; null in versions from before.
alter table register_entry_version add column act text;
