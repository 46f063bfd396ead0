using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Triggers;

/// <summary>Lists of trigger events as text (<c>.eve</c>): sample, value before, value after a line; older ones have the time in seconds behind the sample.</summary>
/// <remarks>Source: MNE manual, "Event files".</remarks>
public sealed class EventTableFormat : IFormat
{
    private const double LargestNumber = 9e15;

    /// <inheritdoc/>
    public string Name => "Event list";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var events = WordRows.Of(head).Rows.Select(Parse).ToList();
        return events.Count > 0 && events.TrueForAll(e => e is { } && e.Before != e.After)
            && events.TrueForAll(e => e!.TimeSeconds is null == events[0]!.TimeSeconds is null)
            && events.Zip(events.Skip(1)).All(p => p.First!.Sample <= p.Second!.Sample)
            && HasOneRate(events);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "a list of events");
        return new Study
        {
            Events = [.. text.Rows.Select(r => Parse(r) ?? throw text.Fault(r, "event", "whole numbers: sample, value before, value after (or sample, seconds, before, after)"))],
            Format = Name,
        };
    }

    private static TriggerEvent? Parse(WordRow row)
    {
        if (row.Numbers() is not { Length: 3 or 4 } numbers || !IsCount(numbers[0]) || !IsCount(numbers[^2]) || !IsCount(numbers[^1]))
        {
            return null;
        }

        return new((long)numbers[0], (long)numbers[^2], (long)numbers[^1]) { TimeSeconds = numbers.Length == 4 ? numbers[1] : null };
    }

    private static bool IsCount(double number) => number >= 0 && number < LargestNumber && number == Math.Floor(number);

    // Samples over seconds: without that a table of four numbers is something else.
    private static bool HasOneRate(List<TriggerEvent?> events)
    {
        double[] rates = [.. events.Where(e => e!.TimeSeconds is > 0.1).Select(e => e!.Sample / e.TimeSeconds!.Value)];
        return events[0]!.TimeSeconds is null || (rates.Length > 0 && rates.All(r => r > 0 && Math.Abs((r / rates[0]) - 1) < 0.01));
    }
}
