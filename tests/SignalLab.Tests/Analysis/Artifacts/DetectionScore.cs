using System.Text.Json.Nodes;
using SignalLab.Analysis.Artifacts;

namespace SignalLab.Tests.Analysis.Artifacts;

/// <summary>Counts what was found of what was put into simulated recordings: events touch within 0.15 s.</summary>
internal sealed class DetectionScore
{
    private const double Tolerance = 0.15;

    private readonly Dictionary<string, (int True, int Found, int Detected, int Right)> counts = [];

    public List<(double Confidence, bool IsRight)> Detections { get; } = [];

    public void Add(ArtifactReport report, JsonObject truth)
    {
        var events = truth["artifacts"]!.AsArray().Select(a => (Kind: (string)a!["kind"]!, Channel: (string?)a["channel"], From: (double)a["onset_s"]!, To: (double)a["onset_s"]! + (double)a["duration_s"]!))
            .Concat(truth["blink_peak_s"]!.AsArray().Select(t => (Kind: "blink", Channel: (string?)null, From: (double)t! - 0.12, To: (double)t! + 0.2)))
            .Concat(truth["muscle_onset_s"]!.AsArray().Select(t => (Kind: "muscle", Channel: (string?)null, From: (double)t!, To: (double)t! + 1.2))).ToList();
        foreach (var kind in events.Select(e => e.Kind).Distinct())
        {
            var real = events.Where(e => e.Kind == kind).ToList();
            var found = report.Artifacts.Where(a => a.Kind.Text == kind).ToList();
            bool Touches((string Kind, string? Channel, double From, double To) e, Artifact a) =>
                a.OnsetSeconds - Tolerance < e.To && a.EndSeconds + Tolerance > e.From && (e.Channel is null || e.Channel == a.Channel);
            var right = found.Select(a => real.Any(e => Touches(e, a))).ToList();
            Detections.AddRange(found.Zip(right, (a, r) => (a.Confidence, r)));
            var before = counts.GetValueOrDefault(kind);
            counts[kind] = (before.True + real.Count, before.Found + real.Count(e => found.Any(a => Touches(e, a))), before.Detected + found.Count, before.Right + right.Count(r => r));
        }
    }

    public void AssertAtLeast(string kind, double sensitivity, double precision)
    {
        var c = counts[kind];
        Assert.True(c.True >= 5, $"only {c.True} of {kind}");
        Assert.True(c.Found >= sensitivity * c.True, $"{kind}: {c.Found} of {c.True} found, expected a share of {sensitivity}");
        Assert.True(c.Right >= precision * c.Detected, $"{kind}: {c.Right} of {c.Detected} right, expected a share of {precision}");
    }
}
