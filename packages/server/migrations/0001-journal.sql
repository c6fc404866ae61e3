-- Every change that was accepted, with what followed from it, in the order in which it was decided. Rows are only ever added, and
-- each holds a hash of itself and of the hash before it, so that a row that was changed or taken out behind our back is noticed.
create table journal (
  seq bigint primary key,
  at bigint not null,
  actor text not null,
  command text not null,
  events text not null,
  result text,
  idempotency_key text,
  body_digest text,
  hash text not null,
  constraint journal_key_once unique (actor, idempotency_key)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are only ever added', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger journal_is_append_only before update or delete on journal
  for each row execute function refuse_change();

-- The allocator's whole state after an entry, so that a restart replays only what followed.
create table snapshot (
  seq bigint primary key,
  taken_at timestamptz not null default now(),
  state text not null,
  digest text not null
);

-- Who leads. Each leader counts the epoch up, and a write under an older epoch is refused: one that was stopped and wakes again
-- writes nothing. `seq` and `hash` are the last entry's, so that the journal has no gap and no other end. `address` is where others
-- find the leader, `connections` the name of its connections, and `leased_until` how long it has promised to live.
create table leadership (
  singleton boolean primary key default true check (singleton),
  epoch bigint not null,
  seq bigint not null,
  hash text not null,
  holder text not null,
  address text not null default '',
  connections text not null default '',
  leased_until timestamptz not null default '-infinity'
);

insert into leadership (epoch, seq, hash, holder) values (0, 0, '', '');

-- What was asked for and how far it is: the journal's jobs, made for lists and filters.
create table job (
  id text primary key,
  tenant text not null,
  name text not null,
  state text not null check (state in ('waiting', 'running', 'finished', 'cancelled', 'failed')),
  priority integer not null,
  accelerators bigint not null,
  spec text not null,
  submitted_at bigint not null,
  started_at bigint,
  ended_at bigint,
  evictions integer not null default 0,
  pool text,
  exit_code integer,
  seq bigint not null
);

create index job_by_time on job (submitted_at desc, id desc);
create index job_by_tenant on job (tenant, submitted_at desc, id desc);
create index job_by_state on job (state, submitted_at desc, id desc);
