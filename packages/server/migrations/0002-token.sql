-- Who may ask, by the secret that they send: of it only a hash is kept. `roles` is a JSON list.
create table token (
  id text primary key,
  hash text not null unique,
  name text not null,
  actor text not null,
  roles text not null,
  tenant text,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint not null,
  revoked_at bigint
);

create index token_by_time on token (created_at desc, id desc);
