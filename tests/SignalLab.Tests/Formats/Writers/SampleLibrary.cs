using SignalLab.Analysis.Selection;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>The samples of every format's contract, written once, with what each holds.</summary>
public sealed class SampleLibrary : IDisposable
{
    private const int MostSamples = 4000;
    private readonly TemporaryFolder folder = new();

    /// <summary>Writes all samples.</summary>
    public SampleLibrary()
    {
        var contracts = typeof(FormatContract).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FormatContract)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal).ToArray();
        foreach (var type in contracts)
        {
            using var contract = (FormatContract)Activator.CreateInstance(type)!;
            foreach (var sample in contract.SamplesIn(Directory.CreateDirectory(folder[type.FullName!]).FullName).ToArray())
            {
                var study = KnownFormats.Open(sample);
                Recordings.AddRange(study.Recordings.Select((r, i) => ($"{study.Format} {Path.GetFileName(sample)} [{i}]", Short(r))));
            }
        }

        ContractCount = contracts.Length;
    }

    /// <summary>How many formats have a contract.</summary>
    public int ContractCount { get; }

    /// <summary>Every recording with where it comes from.</summary>
    internal List<(string Name, Recording Recording)> Recordings { get; } = [];

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    // The beginning tells as much, sooner.
    private static Recording Short(Recording recording)
    {
        var longest = recording.Channels.Select(c => c.SampleCount).DefaultIfEmpty(0).Max();
        return longest <= MostSamples ? recording : recording.Crop(0, MostSamples / recording.Channels.Max(c => c.RateHz));
    }
}
