-- Requests of tenants read the database as this role, which owns nothing and sees only what a policy shows it. What is granted to it
-- here and later needs a policy; all other tables are closed to it. A server's roles belong to all of its databases, so it may be
-- there already: made by another one, or by whoever may make roles where we may not.
do $$
begin
  if not exists (select from pg_roles where rolname = 'offtake_tenant') then
    create role offtake_tenant nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'offtake_tenant' and (rolsuper or rolbypassrls)) then
    raise exception 'the role offtake_tenant must not pass by row-level security';
  end if;
end
$$;

do $$
begin
  perform set_config('role', 'offtake_tenant', true);
  perform set_config('role', 'none', true);
exception
  when insufficient_privilege then execute format('grant offtake_tenant to %I', current_user);
end
$$;

-- The tenants that whoever asks may see: of the transaction, nobody where it does not say.
create function tenants_seen() returns text[] language sql stable as $$
  select nullif(current_setting('offtake.tenants', true), '')::text[]
$$;

alter table job enable row level security;

create policy tenants_see_their_own on job for select to offtake_tenant using (tenant = any (tenants_seen()));

grant select on job to offtake_tenant;
