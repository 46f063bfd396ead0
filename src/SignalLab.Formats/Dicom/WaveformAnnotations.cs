using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>The annotations of a waveform object, each given to the multiplex group that it refers to; numbers are measurements too.</summary>
/// <remarks>Source: DICOM PS3.3, C.10.10.</remarks>
internal sealed class WaveformAnnotations
{
    private const int MostPositions = 10_000_000;

    private readonly List<Annotation>[] annotations;
    private readonly List<Measurement>[] measurements;

    public WaveformAnnotations(DicomDataset data, IReadOnlyList<WaveformGroup> groups)
    {
        annotations = [.. groups.Select(_ => new List<Annotation>())];
        measurements = [.. groups.Select(_ => new List<Measurement>())];
        var vendor = new Origin(OriginKind.Algorithm, data.Text(DicomTag.Manufacturer) ?? "the file's vendor");
        var left = MostPositions;
        foreach (var item in data.Items(DicomTag.WaveformAnnotations))
        {
            var pairs = item.Numbers(DicomTag.ReferencedChannels);
            var group = pairs is [>= 1 and var g, ..] && g <= groups.Count ? (int)g - 1 : 0;
            var text = TextOf(item);
            var channel = pairs is [_, >= 1 and var c] && c <= groups[group].Channels.Count ? groups[group].Channels[(int)c - 1].Label : null;
            foreach (var (onset, duration) in TimesOf(item, groups[group].RateHz).Take(left))
            {
                annotations[group].Add(new(onset, duration, text, channel));
                left--;
            }

            if (item.Number(DicomTag.NumericValue) is { } value)
            {
                var concept = item.FirstItem(DicomTag.ConceptName);
                measurements[group].Add(new(
                    Meaning(concept) ?? "value", value, Unit.Parse(UnitOf(item)), concept?.Text(DicomTag.CodeValue) is { } code ? $"waveform annotation {code}" : "waveform annotation", vendor));
            }
        }
    }

    public IReadOnlyList<Annotation> Of(int group) => annotations[group];

    public IReadOnlyList<Measurement> MeasurementsOf(int group) => measurements[group];

    private static string TextOf(DicomDataset item)
    {
        var value = item.Number(DicomTag.NumericValue)?.ToString("R", CultureInfo.InvariantCulture);
        string?[] parts = [Meaning(item.FirstItem(DicomTag.ConceptName)), value, value is null ? null : UnitOf(item), Meaning(item.FirstItem(DicomTag.ConceptCode)), item.Text(DicomTag.UnformattedText)];
        return string.Join(' ', parts.Where(p => p is not null));
    }

    private static string? UnitOf(DicomDataset item) =>
        item.FirstItem(DicomTag.MeasurementUnits) is { } units ? units.Text(DicomTag.CodeValue) ?? units.Text(DicomTag.CodeMeaning) : null;

    private static string? Meaning(DicomDataset? code) => code?.Text(DicomTag.CodeMeaning) ?? code?.Text(DicomTag.CodeValue);

    // Sample positions count from 1; a statement about the whole group stands at its beginning.
    private static IEnumerable<(double Onset, double Duration)> TimesOf(DicomDataset item, double rateHz)
    {
        var samples = item.Numbers(DicomTag.ReferencedSamples);
        double[] times = [.. (samples.Length > 0 ? samples.Select(s => (s - 1) / rateHz) : item.Numbers(DicomTag.ReferencedTimes)).Where(double.IsFinite)];
        if (times.Length == 0)
        {
            return [(0, 0)];
        }

        return item.Text(DicomTag.TemporalRange) is "SEGMENT" or "MULTISEGMENT" && times.Length >= 2
            ? times.Chunk(2).Select(p => (p[0], p.Length == 2 ? Math.Max(0, p[1] - p[0]) : 0))
            : times.Select(t => (t, 0.0));
    }
}
