using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SignalLab.Model;

namespace SignalLab.Review.Marks;

/// <summary>
/// Annotations of one recording in an SQLite file with a write-ahead log: what was answered is on the disk, whatever happens next. Every step is kept with the state before
/// and after it, who made it and when, so that it can be undone and done again without limit and every change can be traced.
/// </summary>
internal sealed class MarkStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY AUTOINCREMENT, onset REAL NOT NULL, duration REAL NOT NULL, text TEXT NOT NULL, channel TEXT, origin TEXT NOT NULL, by TEXT NOT NULL, made TEXT NOT NULL, changed TEXT);
        CREATE TABLE IF NOT EXISTS step (id INTEGER PRIMARY KEY AUTOINCREMENT, reader TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'forsaken')));
        CREATE TABLE IF NOT EXISTS change (step INTEGER NOT NULL REFERENCES step(id), mark INTEGER NOT NULL, before TEXT, after TEXT);
        CREATE INDEX IF NOT EXISTS change_of_step ON change (step);
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly TimeProvider clock;

    /// <summary>Opens or makes a store.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="own">The recording's own annotations, taken in where the store is new.</param>
    /// <param name="clock">Stamps edits.</param>
    /// <exception cref="UnfitInputException">The file is no store.</exception>
    public MarkStore(string path, IReadOnlyList<Annotation> own, TimeProvider clock)
    {
        this.clock = clock;
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            Run(Schema);
            Atomically(() => TakeIn(own));
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw new UnfitInputException($"{path}: the store of annotations cannot be used ({fault.Message}).");
        }
    }

    /// <summary>All annotations by onset.</summary>
    public IReadOnlyList<Mark> All()
    {
        lock (gate)
        {
            using var command = Command("SELECT id, onset, duration, text, channel, origin, by, made, changed FROM mark ORDER BY onset, id");
            using var rows = command.ExecuteReader();
            var marks = new List<Mark>();
            while (rows.Read())
            {
                marks.Add(ReadMark(rows));
            }

            return marks;
        }
    }

    /// <summary>Steps that can be undone and done again.</summary>
    public (long Undo, long Redo) Depth()
    {
        lock (gate)
        {
            return (Count("done"), Count("undone"));
        }
    }

    /// <summary>Does a step; when this returns it is on the disk.</summary>
    /// <param name="step">What to do.</param>
    /// <param name="reader">Who does it.</param>
    /// <exception cref="UnfitInputException">An annotation that is to be changed or removed is not there, or a new one is not whole.</exception>
    public MarkOutcome Do(MarkStep step, string reader)
    {
        lock (gate)
        {
            return Atomically(() => Done(step, reader));
        }
    }

    private MarkOutcome Done(MarkStep step, string reader)
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        Run("UPDATE step SET state = 'forsaken' WHERE state = 'undone'");
        Run("INSERT INTO step (reader, at, state) VALUES ($reader, $at, 'done')", ("$reader", reader), ("$at", now));
        var number = LastNumber();
        var (put, gone) = (new List<Mark>(), new List<long>());
        foreach (var added in step.Add ?? [])
        {
            var isPerson = added.Origin is not "algorithm";
            put.Add(Insert((added with { Id = 0, Origin = isPerson ? "person" : "algorithm", By = isPerson ? reader : added.By ?? "", Made = now, Changed = null }).Checked()));
            Record(number, put[^1].Id, null, put[^1]);
        }

        foreach (var changed in step.Change ?? [])
        {
            var before = Find(changed.Id);
            var after = (before with { Onset = changed.Onset, Duration = changed.Duration, Text = changed.Text, Channel = changed.Channel, Changed = now }).Checked();
            Put(after);
            Record(number, after.Id, before, after);
            put.Add(after);
        }

        foreach (var removed in step.Remove ?? [])
        {
            Record(number, removed, Find(removed), null);
            Run("DELETE FROM mark WHERE id = $id", ("$id", removed));
            gone.Add(removed);
        }

        return new(number, put, gone, Count("done"), 0);
    }

    /// <summary>Undoes the last step that stands.</summary>
    public MarkOutcome Undo() => Turn("SELECT max(id) FROM step WHERE state = 'done'", "undone", backwards: true);

    /// <summary>Does the step again that was undone last.</summary>
    public MarkOutcome Redo() => Turn("SELECT min(id) FROM step WHERE state = 'undone'", "done", backwards: false);

    public void Dispose() => connection.Dispose();

    private MarkOutcome Turn(string which, string state, bool backwards)
    {
        lock (gate)
        {
            return Atomically(() => Turned(which, state, backwards));
        }
    }

    private MarkOutcome Turned(string which, string state, bool backwards)
    {
        using var find = Command(which);
        if (find.ExecuteScalar() is not long step)
        {
            return new(0, [], [], Count("done"), Count("undone"));
        }

        var changes = new List<(long Mark, string? Before, string? After)>();
        using (var command = Command("SELECT mark, before, after FROM change WHERE step = $step ORDER BY rowid", ("$step", step)))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                changes.Add((rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
            }
        }

        if (backwards)
        {
            changes.Reverse();
        }

        var (put, gone) = (new List<Mark>(), new List<long>());
        foreach (var (mark, before, after) in changes)
        {
            if ((backwards ? before : after) is { } text)
            {
                put.Add(JsonSerializer.Deserialize<Mark>(text)!);
                Put(put[^1]);
            }
            else
            {
                Run("DELETE FROM mark WHERE id = $id", ("$id", mark));
                gone.Add(mark);
            }
        }

        Run("UPDATE step SET state = $state WHERE id = $step", ("$state", state), ("$step", step));
        return new(step, put, gone, Count("done"), Count("undone"));
    }

    private bool TakeIn(IReadOnlyList<Annotation> own)
    {
        using var version = Command("PRAGMA user_version");
        var isNew = version.ExecuteScalar() is 0L;
        if (isNew)
        {
            foreach (var a in own.Where(a => double.IsFinite(a.OnsetSeconds)))
            {
                Insert(new(0, a.OnsetSeconds, double.IsFinite(a.DurationSeconds) ? a.DurationSeconds : 0, a.Text, a.Channel, a.Origin.Kind.ToString().ToLowerInvariant(), a.Origin.Name, ""));
            }

            Run("PRAGMA user_version = 1");
        }

        return isNew;
    }

    private T Atomically<T>(Func<T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var outcome = work();
            Run("COMMIT");
            return outcome;
        }
        catch
        {
            Run("ROLLBACK");
            throw;
        }
    }

    private Mark Insert(Mark mark)
    {
        Run("INSERT INTO mark (onset, duration, text, channel, origin, by, made, changed) VALUES ($onset, $duration, $text, $channel, $origin, $by, $made, $changed)", Values(mark));
        return mark with { Id = LastNumber() };
    }

    private void Put(Mark mark) => Run(
        "INSERT OR REPLACE INTO mark (id, onset, duration, text, channel, origin, by, made, changed) VALUES ($id, $onset, $duration, $text, $channel, $origin, $by, $made, $changed)",
        [("$id", mark.Id), .. Values(mark)]);

    private static (string, object?)[] Values(Mark mark) =>
    [
        ("$onset", mark.Onset), ("$duration", mark.Duration), ("$text", mark.Text), ("$channel", mark.Channel), ("$origin", mark.Origin), ("$by", mark.By), ("$made", mark.Made), ("$changed", mark.Changed),
    ];

    private void Record(long step, long mark, Mark? before, Mark? after) => Run(
        "INSERT INTO change (step, mark, before, after) VALUES ($step, $mark, $before, $after)",
        ("$step", step), ("$mark", mark), ("$before", before is null ? null : JsonSerializer.Serialize(before)), ("$after", after is null ? null : JsonSerializer.Serialize(after)));

    private Mark Find(long id)
    {
        using var command = Command("SELECT id, onset, duration, text, channel, origin, by, made, changed FROM mark WHERE id = $id", ("$id", id));
        using var rows = command.ExecuteReader();
        return rows.Read() ? ReadMark(rows) : throw new UnfitInputException(FormattableString.Invariant($"Annotation {id} is not there (any more)."));
    }

    private static Mark ReadMark(SqliteDataReader rows) => new(
        rows.GetInt64(0), rows.GetDouble(1), rows.GetDouble(2), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetString(7),
        rows.IsDBNull(8) ? null : rows.GetString(8));

    private long LastNumber()
    {
        using var command = Command("SELECT last_insert_rowid()");
        return (long)command.ExecuteScalar()!;
    }

    private long Count(string state)
    {
        using var command = Command("SELECT count(*) FROM step WHERE state = $state", ("$state", state));
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql, params (string, object?)[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
