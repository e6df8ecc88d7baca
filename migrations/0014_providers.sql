-- 提供機關 (4-1: civil-affairs bureaus of all counties and cities, and the Ministry of the Interior)
create table provider (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('ministry', 'municipality', 'county')),
  contact_email text not null,
  sftp_host text,
  sftp_port integer,
  sftp_user text,
  sftp_directory text,
  sftp_host_key text,
  sftp_secret bytea,
  sftp_secret_kek text,
  version integer not null,
  created_at timestamptz(3) not null,
  constraint ck_host_key_is_pinned check ((sftp_host is null) = (sftp_host_key is null))
);
create view providers_v_provider as
select id, code, name, kind, sftp_host is not null as has_connector from provider;
