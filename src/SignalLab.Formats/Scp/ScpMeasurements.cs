using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>The global measurements of section 7 and those of each lead in section 10; what could not be measured has its reason.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.10 and 5.13.</remarks>
internal static class ScpMeasurements
{
    private const int BlockBytes = 16;
    private const int SpikeBytes = 4;
    private const int SpikeInformationBytes = 6;

    private static readonly Unit Millisecond = Unit.Parse("ms");
    private static readonly Unit Degree = Unit.Parse("deg");
    private static readonly Unit PerMinute = Unit.Parse("/min");

    private static readonly (string Name, Unit Unit)[] BlockFields =
    [
        ("P onset", Millisecond), ("P offset", Millisecond), ("QRS onset", Millisecond), ("QRS offset", Millisecond), ("T offset", Millisecond),
        ("P axis", Degree), ("QRS axis", Degree), ("T axis", Degree),
    ];

    private static readonly (string Name, Unit Unit)[] LeadFields =
    [
        ("P duration", Millisecond), ("PR interval", Millisecond), ("QRS duration", Millisecond), ("QT interval", Millisecond),
        ("Q duration", Millisecond), ("R duration", Millisecond), ("S duration", Millisecond), ("R' duration", Millisecond), ("S' duration", Millisecond),
        ("Q amplitude", Unit.Microvolt), ("R amplitude", Unit.Microvolt), ("S amplitude", Unit.Microvolt), ("R' amplitude", Unit.Microvolt), ("S' amplitude", Unit.Microvolt),
        ("J amplitude", Unit.Microvolt), ("P+ amplitude", Unit.Microvolt), ("P- amplitude", Unit.Microvolt), ("T+ amplitude", Unit.Microvolt), ("T- amplitude", Unit.Microvolt),
    ];

    /// <summary>Section 7: of the reference beat where there is one, else of the first block.</summary>
    public static IEnumerable<Measurement> Global(ScpSection section, Origin origin)
    {
        var (blocks, spikes) = (section.U8(0, "number of blocks"), section.U8(1, "number of spikes"));
        yield return Of("RR interval", section.U16(2, "RR interval"), Millisecond, "section 7", origin);
        yield return Of("PP interval", section.U16(4, "PP interval"), Millisecond, "section 7", origin);
        var at = 6L + (BlockBytes * (long)blocks);
        if (blocks > 0)
        {
            for (var i = 0; i < BlockFields.Length; i++)
            {
                yield return Of(BlockFields[i].Name, section.I16(6 + (2 * i), BlockFields[i].Name), BlockFields[i].Unit, "section 7, reference beat", origin);
            }

            foreach (var (name, from, to) in new[] { ("P duration", 0, 1), ("PR interval", 0, 2), ("QRS duration", 2, 3), ("QT interval", 2, 4) })
            {
                var (begin, end) = (section.I16(6 + (2 * from), name), section.I16(6 + (2 * to), name));
                var reason = ReasonOf(begin) ?? ReasonOf(end);
                yield return new(name, reason is null ? end - begin : null, Millisecond, "section 7, difference of its marks", origin) { Reason = reason };
            }
        }

        at += (SpikeBytes + SpikeInformationBytes) * (long)spikes;
        if (at + 2 > section.Length)
        {
            yield break;
        }

        // Beat types follow, a byte each, then the rates.
        at += 2 + section.U16(at, "number of beats");
        foreach (var (name, unit) in new[] { ("heart rate", PerMinute), ("atrial rate", PerMinute), ("QTc interval", Millisecond) })
        {
            if (at + 2 <= section.Length)
            {
                yield return Of(name, section.U16(at, name), unit, "section 7, extra measurements", origin);
            }

            at += 2;
        }
    }

    /// <summary>Times of the pacemaker spikes of section 7.</summary>
    public static IEnumerable<Annotation> Spikes(ScpSection section, Origin origin)
    {
        var at = 6L + (BlockBytes * (long)section.U8(0, "number of blocks"));
        for (var left = section.U8(1, "number of spikes"); left > 0; left--, at += SpikeBytes)
        {
            yield return new(section.U16(at, "spike") / 1000.0, 0, "pacemaker spike") { Origin = origin };
        }
    }

    /// <summary>Section 10.</summary>
    public static IEnumerable<Measurement> OfLeads(ScpSection section, Origin origin)
    {
        var at = 4L;
        for (var left = section.U16(0, "number of leads"); left > 0; left--)
        {
            var (lead, bytes) = (ScpLead.NameOf(section.U16(at, "lead")), section.U16(at + 2, "bytes of a lead"));
            at += 4;
            for (var i = 0; i < LeadFields.Length && 2 * (i + 1) <= bytes; i++)
            {
                yield return Of($"{LeadFields[i].Name} ({lead})", section.I16(at + (2 * i), LeadFields[i].Name), LeadFields[i].Unit, "section 10", origin);
            }

            at += bytes;
        }
    }

    private static Measurement Of(string name, int value, Unit unit, string method, Origin origin)
    {
        // A rate of nothing is no rate: it was not computed.
        var reason = ReasonOf(value) ?? (value == 0 && unit.Equals(PerMinute) ? "not computed" : null);
        return new(name, reason is null ? value : null, unit, method, origin) { Reason = reason };
    }

    private static string? ReasonOf(int value) => value switch { 29999 => "not computed", 29998 => "not found", 19999 => "rejected", _ => null };
}
