-- The portfolio as files, byte for byte, with all earlier versions: what a folder of the format holds, and nothing else.
create table portfolio_version (
  version bigint primary key,
  at bigint not null,
  actor text not null,
  approved_by text,
  action text not null,
  target text not null,
  -- Of the whole set of files: two sets with the same digest are the same.
  digest text not null
);

-- One version of one file. `text` is null where the file was removed; `superseded_by` is the version that replaced it. A mark is
-- what a file may begin with to say that it is UTF-8: not every driver gives it back as the first character of a text.
create table portfolio_file (
  path text not null,
  version bigint not null references portfolio_version,
  text text,
  has_mark boolean not null,
  superseded_by bigint references portfolio_version,
  primary key (path, version)
);

create unique index portfolio_file_current on portfolio_file (path) where superseded_by is null;

-- The machines that the allocator was given for the portfolio, node by node: what is there and no longer wanted is taken away, once.
create table machine_stock (
  n integer primary key,
  pool text not null,
  -- Which tranche or entry of a fleet file brought them.
  source text not null,
  -- JSON of the shape of one domain, or `cores`.
  shape text not null,
  first_node bigint not null,
  -- Domains, or CPU cores.
  count bigint not null
);

-- Digests of what else the allocator was last told of the portfolio: tenants, terms.
create table portfolio_told (
  what text primary key,
  digest text not null
);
