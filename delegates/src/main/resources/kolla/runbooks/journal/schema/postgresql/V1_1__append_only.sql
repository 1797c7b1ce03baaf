-- What a person decided and what was seen is never changed, not even by a mistake in the program.
create function kr_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name;
end $$;

create trigger kr_approval_append_only before update or delete or truncate on kr_approval
  for each statement execute function kr_append_only();
create trigger kr_evidence_append_only before update or delete or truncate on kr_evidence
  for each statement execute function kr_append_only();
