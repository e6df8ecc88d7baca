-- ledger: 軌跡紀錄（防竄改）. Rows are only ever added; docs/ledger-format.md has the byte formats.

create table ledger_entry (
  index bigint primary key check (index >= 0),
  -- First index of the append that wrote it; its sealed payload lies under this number.
  batch bigint not null,
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  -- The leaf itself: RFC 8785 canonical JSON. The columns below repeat parts of it for filtering.
  entry text not null,
  time timestamptz(3) not null,
  actor text not null,
  kind text not null,
  about_type text,
  about_id text
);
create index ledger_entry_time on ledger_entry (time);
create index ledger_entry_actor on ledger_entry (actor, index);
create index ledger_entry_kind on ledger_entry (kind, index);
create index ledger_entry_about on ledger_entry (about_id);

-- The newest row is the head: nothing is ever updated.
create table ledger_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  -- Hashes of the perfect subtrees, largest first.
  frontier bytea not null,
  -- C2SP tlog-checkpoint, signed.
  note text not null,
  time timestamptz(3) not null
);

-- One data key per retention class and month (Asia/Taipei). Without `wrapped` its payloads are destroyed.
create table ledger_seal_key (
  id uuid primary key,
  retention text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  kek text,
  wrapped bytea,
  destroyed_at timestamptz(3),
  unique (retention, month),
  check ((wrapped is null) = (destroyed_at is not null) and (wrapped is null) = (kek is null))
) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- The payloads of one append under one data key, AES-256-GCM.
create table ledger_payload (
  batch bigint not null,
  seal_key uuid not null references ledger_seal_key (id),
  sealed bytea not null,
  primary key (batch, seal_key)
);
-- What is encrypted does not compress.
alter table ledger_payload alter column sealed set storage external;

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception '防竄改：軌跡紀錄 % 僅能新增，不得變更或刪除 (the ledger is append-only: % refused)', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;

create trigger ledger_append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_ledger_change();
create trigger ledger_append_only before update or delete or truncate on ledger_checkpoint
  for each statement execute function refuse_ledger_change();
create trigger ledger_append_only before update or delete or truncate on ledger_payload
  for each statement execute function refuse_ledger_change();
create trigger ledger_append_only before delete or truncate on ledger_seal_key
  for each statement execute function refuse_ledger_change();

-- A data key may be wrapped anew or destroyed, never given back or moved to another group.
create function keep_seal_key() returns trigger language plpgsql as $$
begin
  if old.destroyed_at is not null or (new.id, new.retention, new.month) is distinct from (old.id, old.retention, old.month) then
    raise exception '防竄改：軌跡紀錄之金鑰 % 不得回復或移用 (a destroyed or foreign data key is not written)', old.id
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger ledger_seal_key_kept before update on ledger_seal_key
  for each row execute function keep_seal_key();

-- Waits for the one lock of all appends, held to the commit, and gives the head as it then is: a volatile
-- function's statements each see what was committed before them (READ COMMITTED).
create function ledger_take_turn() returns setof ledger_checkpoint language plpgsql volatile as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform pg_advisory_xact_lock(1752386631);
  return query select * from ledger_checkpoint order by size desc limit 1;
end $$;

-- Writes an append whose entries were given their places after `before` entries, and its signed head. Writes
-- nothing and gives false when the ledger has moved on meanwhile. Columns come as lines, leaves 32 bytes each,
-- sealed payloads one after the other with the ends of each.
create function ledger_append(
  before bigint, leaves bytea, entries text, times text, actors text, kinds text, about_types text, about_ids text,
  seal_keys uuid[], seal_ends int[], all_sealed bytea,
  new_size bigint, new_root bytea, new_frontier bytea, new_note text, new_time timestamptz
) returns boolean language plpgsql volatile as $$
begin
  if before <> coalesce((select size from ledger_take_turn()), 0) then
    return false;
  end if;
  insert into ledger_entry (index, batch, leaf_hash, entry, time, actor, kind, about_type, about_id)
  select before + n - 1, before, substring(leaves from (n * 32 - 31)::int for 32), line.entry, line.time::timestamptz,
    line.actor, line.kind, nullif(line.about_type, ''), nullif(line.about_id, '')
  from rows from (
    string_to_table(entries, E'\n'), string_to_table(times, E'\n'), string_to_table(actors, E'\n'),
    string_to_table(kinds, E'\n'), string_to_table(about_types, E'\n'), string_to_table(about_ids, E'\n')
  ) with ordinality as line (entry, time, actor, kind, about_type, about_id, n);
  insert into ledger_payload (batch, seal_key, sealed)
  select before, part.key, substring(all_sealed from part.start + 1 for part.ends - part.start)
  from (select key, ends, coalesce(lag(ends) over (order by ends), 0) as start
    from unnest(seal_keys, seal_ends) as given (key, ends)) as part;
  insert into ledger_checkpoint (size, root, frontier, note, time)
  values (new_size, new_root, new_frontier, new_note, new_time);
  return true;
end $$;

-- The application may only add and read; these two deeds on data keys go through the owner's functions.
create function ledger_rewrap_seal_key(key uuid, new_kek text, new_wrapped bytea) returns setof uuid
  language sql security definer set search_path = public, pg_temp as $$
    update ledger_seal_key set kek = new_kek, wrapped = new_wrapped
    where id = key and destroyed_at is null returning id
  $$;

-- Only months that are over, so that nothing more is sealed with a destroyed key.
create function ledger_destroy_seal_key(of_retention text, of_month text, destroyed timestamptz) returns setof uuid
  language sql security definer set search_path = public, pg_temp as $$
    update ledger_seal_key set kek = null, wrapped = null, destroyed_at = destroyed
    where retention = of_retention and month = of_month and destroyed_at is null
      and month < to_char(destroyed at time zone 'Asia/Taipei', 'YYYY-MM')
    returning id
  $$;

revoke all on function ledger_rewrap_seal_key, ledger_destroy_seal_key from public;
revoke all on ledger_entry, ledger_checkpoint, ledger_seal_key, ledger_payload from public, hushou_app;
grant execute on function ledger_rewrap_seal_key, ledger_destroy_seal_key to hushou_app;
grant select, insert on ledger_entry, ledger_checkpoint, ledger_seal_key, ledger_payload to hushou_app;
