-- platform: what the owner makes, the application may read and write unless its module takes that back.
alter default privileges in schema public grant select, insert, update, delete on tables to hushou_app;
alter default privileges in schema public grant usage, select on sequences to hushou_app;
grant usage on schema public to hushou_app;

-- Which migrations a database has is for the owner to write.
grant select on schema_migration to hushou_app;

-- For `before update or delete or truncate` triggers of tables whose rows are only ever added.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% 僅能新增，不得變更或刪除 (% is append-only: % refused)', tg_table_name, tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
