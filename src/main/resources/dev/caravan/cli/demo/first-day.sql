-- 20,000 scored leads. dice(n, what) is a number in [0, 1) that depends on the seed, the lead and what is asked alone.
create or replace macro dice(n, what) as
    (hash(getvariable('seed')::bigint, n, what) % 1000003)::double / 1000003;
create or replace macro grade_of(score) as
    case when score >= 0.8 then 'A' when score >= 0.5 then 'B' when score >= 0.2 then 'C' else 'D' end;
create or replace macro pick(list, n, what) as list[1 + (dice(n, what) * len(list))::integer % len(list)];
create or replace macro lead_row(n) as table (
    with lead as (
        select
            n as id,
            pick(['Adler', 'Baumann', 'Costa', 'Dubois', 'Eriksson', 'Fujita', 'García', 'Horvát', 'Ivanova', 'Jensen',
                  'Kowalski', 'Łukasik', 'Müller', 'Nguyễn', 'O''Brien', 'Pereira', 'Quist', 'Rossi', 'Şahin', 'Tanaka'],
                 n, 'name') as last_name,
            pick(['Acme Foods', 'Blue Harbour', 'Cedar & Sons', 'Delta Print', 'Elm Clinics', 'Ferrum Works', 'Green Mile',
                  'Hollow Oak', 'Indigo Labs', 'Juniper Travel'], n, 'company') as company,
            round(power(dice(n, 'score'), 2), 4) as score)
    select
        printf('L%06d', id) as lead_id,
        last_name,
        company,
        case when dice(id, 'email') < 0.97 then printf('lead%d@example.com', id) end as email,
        case when dice(id, 'loyal') < 0.4 then printf('N-%07d', id) end as loyalty_no,
        score,
        grade_of(score) as grade,
        'lr-2026-01' as model_version,
        timestamp '2026-01-05 06:00:00' as scored_at
    from lead);
create or replace table lead_scores as
    select l.* from range(1, 20001) t(n), lateral (select * from lead_row(t.n)) l order by lead_id;
