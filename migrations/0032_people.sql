-- people: programs of the personnel system or directory that drive the roster by SCIM 2.0, each with a bearer token of
-- its own. Only the token's SHA-256 stands here, sealed by a key outside the database to all that the row says of it.
create table scim_client (
  id uuid primary key,
  name text not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  seal bytea not null check (length(seal) = 32),
  requests_per_minute integer not null check (requests_per_minute > 0),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  version integer not null
);
create unique index scim_client_name on scim_client (lower(name));

-- How often each asked in the minute it asked last.
create table scim_client_use (
  client uuid primary key references scim_client (id),
  last_used_at timestamptz(3) not null,
  minute timestamptz(3) not null,
  requests integer not null
);
