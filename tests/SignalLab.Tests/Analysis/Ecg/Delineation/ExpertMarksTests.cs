using SignalLab.Analysis.Ecg;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;

namespace SignalLab.Tests.Analysis.Ecg.Delineation;

/// <summary>Against cardiologists' marks in every lead of the Lobachevsky University database (79 of its records).</summary>
public sealed class ExpertMarksTests
{
    private const double RateHz = 500;
    private const double ToleranceMs = 150;

    private static readonly Lazy<Dictionary<string, (double Found, double Mean, double Deviation)>> Scores = new(Score);

    [Theory]
    [InlineData("QRSon", 0.995, 12, 4)]
    [InlineData("QRSoff", 0.995, 15, 4)]
    [InlineData("Toff", 0.99, 23.5, 6)]
    [InlineData("Pon", 0.98, 18, 4)]
    [InlineData("Poff", 0.98, 17.5, 4)]
    public void Boundaries_in_single_leads_lie_where_cardiologists_mark_them(string kind, double found, double deviationMs, double biasMs)
    {
        _ = SharedData.File("ecg/ludb/1.hea");
        var score = Scores.Value[kind];
        Assert.True(score.Found >= found, $"found {score.Found:P2}");
        Assert.True(score.Deviation <= deviationMs, $"deviation {score.Deviation:F1} ms");
        Assert.True(Math.Abs(score.Mean) <= biasMs, $"mean {score.Mean:F1} ms");
    }

    private static Dictionary<string, (double Found, double Mean, double Deviation)> Score()
    {
        var errors = new Dictionary<string, List<double?>>();
        foreach (var header in Directory.EnumerateFiles(Path.GetDirectoryName(SharedData.File("ecg/ludb/1.hea"))!, "*.hea"))
        {
            var recording = KnownFormats.Open(header).Recordings[0];
            var leads = recording.EcgLeads();
            var beats = recording.DelineateBeats([.. recording.DetectBeats().Select(a => new Beat((long)Math.Round(a.OnsetSeconds * RateHz), a.OnsetSeconds))]);
            for (var lead = 0; lead < leads.Count; lead++)
            {
                var marks = beats.Select(b => b.Leads[lead]).ToArray();
                foreach (var (kind, sample) in Expert(Path.ChangeExtension(header, recording.Channels[leads[lead]].Label)))
                {
                    var near = marks.Select(m => Of(m, kind)).Where(m => m is not null).Select(m => (double)(m!.Value - sample) * 1000 / RateHz).DefaultIfEmpty(double.MaxValue).MinBy(Math.Abs);
                    if (!errors.TryGetValue(kind, out var list))
                    {
                        errors[kind] = list = [];
                    }

                    list.Add(Math.Abs(near) <= ToleranceMs ? near : null);
                }
            }
        }

        return errors.ToDictionary(e => e.Key, e =>
        {
            var found = e.Value.Where(v => v is not null).Select(v => v!.Value).ToArray();
            var mean = found.Average();
            return ((double)found.Length / e.Value.Count, mean, Math.Sqrt(found.Average(v => (v - mean) * (v - mean))));
        });
    }

    private static long? Of(WaveMarks marks, string kind) => kind switch
    {
        "Pon" => marks.POn,
        "Poff" => marks.POff,
        "QRSon" => marks.QrsOn,
        "QRSoff" => marks.QrsOff,
        "Ton" => marks.TOn,
        _ => marks.TOff,
    };

    // Brackets around p, N and t.
    private static IEnumerable<(string Kind, long Sample)> Expert(string path)
    {
        var all = WfdbAnnotations.Read(path).All;
        for (var i = 0; i < all.Count; i++)
        {
            var wave = WfdbCodes.SymbolOf(all[i].Code) switch { "p" => "P", "t" => "T", "N" => "QRS", _ => null };
            if (wave is null)
            {
                continue;
            }

            if (i > 0 && WfdbCodes.SymbolOf(all[i - 1].Code) == "(")
            {
                yield return (wave + "on", all[i - 1].Sample);
            }

            if (i + 1 < all.Count && WfdbCodes.SymbolOf(all[i + 1].Code) == ")")
            {
                yield return (wave + "off", all[i + 1].Sample);
            }
        }
    }
}
