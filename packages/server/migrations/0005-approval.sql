-- Changes of the portfolio that wait for a second person. `changes` is JSON: of each file its path, its new text (null where it is to
-- be removed) and the version that it had when the change was asked for (null where there was none).
create table approval (
  id text primary key,
  asked_at bigint not null,
  asked_by text not null,
  action text not null,
  target text not null,
  reasons text not null,
  changes text not null,
  state text not null check (state in ('waiting', 'approved', 'rejected')),
  decided_at bigint,
  decided_by text,
  note text
);

create index approval_by_time on approval (asked_at desc, id desc);
create index approval_by_state on approval (state, asked_at desc, id desc);
