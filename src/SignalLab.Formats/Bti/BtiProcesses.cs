using SignalLab.Formats.Numbers;

namespace SignalLab.Formats.Bti;

/// <summary>What was done to a data file: its making, filters, selections.</summary>
internal static class BtiProcesses
{
    private const int MostSteps = 100_000;

    /// <summary>Passes over the definitions of events and reads the processes behind them.</summary>
    /// <param name="fields">At the first event.</param>
    /// <param name="events">Events that are defined.</param>
    /// <param name="processes">Processes.</param>
    /// <returns>When the first was run (UTC), and the filters as <c>HP:0.1Hz</c>.</returns>
    public static (DateTime? Recorded, string Prefilter) Read(FieldCursor fields, int events, int processes)
    {
        for (var i = 0; i < events; i++)
        {
            fields.Skip(16 + (3 * 4) + 2 + 4 + 32);
            fields.Align(8);
        }

        DateTime? recorded = null;
        var filters = new List<string>();
        for (var i = 0; i < processes; i++)
        {
            fields.Skip(4 + 20 + 4 + 32);
            var seconds = fields.Int32("time of a process");
            recorded ??= seconds > 0 ? DateTime.UnixEpoch.AddSeconds(seconds) : null;
            fields.Skip(256);
            var steps = fields.Int32("steps of a process");
            if (steps is < 0 or > MostSteps)
            {
                throw fields.Fault(4, "steps of a process", FormattableString.Invariant($"{steps}"), FormattableString.Invariant($"0 to {MostSteps}"));
            }

            fields.Skip(32);
            fields.Align(8);
            for (var s = 0; s < steps; s++)
            {
                filters.AddRange(Step(fields));
                fields.Align(8);
            }
        }

        return (recorded, string.Join(' ', filters));
    }

    private static string[] Step(FieldCursor fields)
    {
        fields.Skip(4);
        var type = fields.Text(20, "kind of step");
        fields.Skip(4);
        switch (type)
        {
            case "BTi_defaults":
                fields.Skip(4 + 4 + 8 + 4 + 2 + 2 + 32);
                return [];
            case "b_filt_hp" or "b_filt_lp" or "b_filt_notch":
                var frequency = fields.Single("filter frequency");
                fields.Skip(32);
                return [Word(type switch { "b_filt_hp" => "HP", "b_filt_lp" => "LP", _ => "N" }, frequency)];
            case "b_filt_b_pass" or "b_filt_b_reject":
                var (high, low) = (fields.Single("filter frequency"), fields.Single("filter frequency"));
                fields.Skip(32);
                return type == "b_filt_b_pass" ? [Word("HP", high), Word("LP", low)] : [FormattableString.Invariant($"N:{Math.Min(high, low)}-{Math.Max(high, low)}Hz")];
            default:
                var size = fields.Int32("room of a step");
                if (size < 0)
                {
                    throw fields.Fault(4, "room of a step", FormattableString.Invariant($"{size}"), "0 or more bytes");
                }

                fields.Skip(32L + size);
                return [];
        }
    }

    private static string Word(string name, float hz) => FormattableString.Invariant($"{name}:{hz}Hz");
}
