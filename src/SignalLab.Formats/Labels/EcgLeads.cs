using SignalLab.Model;

namespace SignalLab.Formats.Labels;

/// <summary>Names of ECG leads in files that say no more: I and V1 alone may mean anything, beside II or aVF they are leads.</summary>
internal static class EcgLeads
{
    // Nothing else is called so.
    private static readonly HashSet<string> Telling = new(StringComparer.OrdinalIgnoreCase) { "II", "III", "aVR", "aVL", "aVF", "MLII", "MLIII" };

    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "I", "MLI", "V", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V3R", "V4R", "V5R", "V6R", "-aVR", "MCL1", "CM5", "CC5",
    };

    /// <summary>True where some of the labels can be leads only.</summary>
    /// <param name="labels">All labels of the file.</param>
    public static bool AreAmong(IEnumerable<string> labels) => labels.Any(l => Telling.Contains(l.Trim()));

    /// <summary>True for a lead's name, given that the file has leads.</summary>
    /// <param name="label">The label.</param>
    /// <param name="unit">The unit of the samples: a potential, or not known.</param>
    public static bool IsLead(string label, Unit unit) => (Telling.Contains(label.Trim()) || Others.Contains(label.Trim())) && (!unit.IsKnown || unit.ConvertsTo(Unit.Volt));
}
