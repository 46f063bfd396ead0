namespace SignalLab.Formats.Scp;

/// <summary>A lead of section 3: where it begins and ends in the record, in samples from 1, and what it is.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.6 and table 3 (lead identification).</remarks>
internal sealed record ScpLead(long First, long Last, int Code)
{
    private static readonly (int First, string[] Names)[] Blocks =
    [
        (1, ["I", "II", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V2R", "V3R", "V4R", "V5R", "V6R", "V7R", "X", "Y", "Z", "CC5", "CM5"]),
        (21, ["Left Arm", "Right Arm", "Left Leg", "fI", "E", "C", "A", "M", "F", "H"]),
        (31, ["I-cal", "II-cal", "V1-cal", "V2-cal", "V3-cal", "V4-cal", "V5-cal", "V6-cal", "V7-cal"]),
        (61, ["III", "aVR", "aVL", "aVF", "-aVR", "V8", "V9", "V8R", "V9R", "D", "A", "J"]),
        (86, ["V", "VR", "VL", "VF", "MCL", "MCL1", "MCL2", "MCL3", "MCL4", "MCL5", "MCL6"]),
    ];

    private const int LeadBytes = 9;

    public string Name => NameOf(Code);

    public long Count => Last - First + 1;

    public static string NameOf(int code)
    {
        var (first, names) = Array.FindLast(Blocks, b => b.First <= code);
        return names is not null && code - first < names.Length ? names[code - first] : FormattableString.Invariant($"lead {code}");
    }

    /// <summary>The leads, and whether the reference beat was subtracted from their rhythm.</summary>
    public static (IReadOnlyList<ScpLead> Leads, bool IsSubtracted) Of(ScpSection section)
    {
        var count = section.U8(0, "number of leads");
        if (count == 0)
        {
            throw section.Fault(0, "number of leads", "0", "at least 1");
        }

        var leads = new List<ScpLead>(count);
        for (var i = 0; i < count; i++)
        {
            var at = 2 + (LeadBytes * i);
            var lead = new ScpLead(section.U32(at, "first sample"), section.U32(at + 4, "last sample"), section.U8(at + 8, "lead"));
            if (lead.First < 1 || lead.Last < lead.First)
            {
                throw section.Fault(at, "samples of a lead", FormattableString.Invariant($"{lead.First} to {lead.Last}"), "a first sample from 1 on and a last one after it");
            }

            leads.Add(lead);
        }

        return (leads, (section.U8(1, "flags") & 1) != 0);
    }
}
