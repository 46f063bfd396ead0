using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Statistics;
using SignalLab.Figures.Averages;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>What <c>--statistics</c> found.</summary>
/// <param name="Test">The test.</param>
/// <param name="Method">cluster, tfce or t.</param>
/// <param name="PValues">p of each point; for single t tests corrected by false discovery rate.</param>
/// <param name="Averages">An average with the tested channels, for the head's shape.</param>
/// <param name="Kind">Kind of the channels.</param>
internal sealed record Finding(SensorTimeTest Test, string Method, double[] PValues, Recording Averages, ChannelKind Kind);

/// <summary>The options of <c>--statistics</c>, the test and what it is written as.</summary>
internal sealed class SensorStatistics
{
    private const double Level = 0.05;
    private const int MostMaps = 3;

    private readonly Option<string> method = new("--statistics") { Description = "cluster, tfce or t: compares the first two conditions, over trials of one file or paired over the averages of several (--with)." };
    private readonly Option<double?> threshold = new("--threshold") { Description = "cluster: what |t| must pass; p = 0.05 of t where not given." };
    private readonly Option<string> tail = new("--tail") { Description = "two, greater or less.", DefaultValueFactory = _ => "two" };
    private readonly Option<int> permutations = new("--permutations") { Description = "Relabellings where not all are counted.", DefaultValueFactory = _ => 2000 };
    private readonly Option<int> seed = new("--seed") { Description = "Same seed, same relabellings.", DefaultValueFactory = _ => 1 };
    private readonly Option<double?> step = new("--tfce-step") { Description = "tfce: height of a step; exact integral where not given." };
    private readonly Option<string> figure = new("--statistics-figure") { Description = "Picture of t over sensors and times with what is significant outlined: .png .svg .pdf." };
    private readonly Option<string> table = new("--statistics-table") { Description = "Table of clusters, or of every point's p for tfce and t: .csv .tsv." };
    private readonly Option<string> adjacency = new("--adjacency") { Description = "Picture of which sensors count as neighbours: .png .svg .pdf." };

    public Option<string> AdjacencyOption => adjacency;

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { method, threshold, tail, permutations, seed, step, figure, table, adjacency })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Refuses options that need a test where there is none.</summary>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(method) is null && (parsed.GetValue(figure) ?? parsed.GetValue(table)) is not null)
        {
            throw new UsageException("--statistics-figure and --statistics-table need --statistics cluster, tfce or t.");
        }

        if (parsed.GetValue(method) is { } name && name is not ("cluster" or "tfce" or "t"))
        {
            throw new UsageException($"--statistics '{name}': expected cluster, tfce or t.");
        }

        if (parsed.GetValue(permutations) is < 1 or > 1_000_000 || parsed.GetValue(threshold) is < 0 or double.NaN || parsed.GetValue(step) is <= 0 or double.NaN)
        {
            throw new UsageException("--permutations: expected 1 to 1000000; --threshold: 0 or more; --tfce-step: above 0.");
        }
    }

    /// <summary>The neighbours of an average's sensors of one kind.</summary>
    public static SensorNeighbours Neighbours(Recording ofKind, string? file)
    {
        var layout = ofKind.LayoutOf([.. Enumerable.Range(0, ofKind.Channels.Count)]);
        return file is null ? layout.NeighboursByTriangulation() : NeighbourTables.Read(file).Among([.. ofKind.Channels.Select(c => c.Label)]);
    }

    /// <summary>The good, located channels of the one kind a test is made over.</summary>
    public static (Recording OfKind, ChannelKind Kind) Tested(Recording average)
    {
        var kind = MapSource.KindOf(average);
        return (average.Pick(c => c.Kind == kind && !c.IsBad && c.Sensor is not null), kind);
    }

    /// <summary>Draws the neighbours where that was asked for.</summary>
    public void DrawNeighbours(ParseResult parsed, Recording average, string? file)
    {
        if (parsed.GetValue(adjacency) is { } path)
        {
            var (ofKind, kind) = Tested(average);
            var (points, radius) = Drawn(ofKind, kind);
            FigureOutput.Save(new NeighbourFigure(Neighbours(ofKind, file), points, radius), path, parsed.GetValue(Common.Force), average.Provenance);
        }
    }

    // As maps show the sensors; where several are at one place, about the origin of their frame.
    private static (IReadOnlyList<(double X, double Y)> Points, double RadiusMetres) Drawn(Recording ofKind, ChannelKind kind)
    {
        var (layout, sphere) = (ofKind.LayoutOf([.. Enumerable.Range(0, ofKind.Channels.Count)]), HeadSphere.Of(ofKind, kind));
        try
        {
            var map = TopographicMap.Of(layout, new double[ofKind.Channels.Count], Unit.One, new TopographyOptions { Sphere = sphere, GridSize = 8 });
            return ([.. map.PlaneSensors.Sensors.Select(s => (s.PositionMetres.X, s.PositionMetres.Y))], map.HeadRadiusMetres);
        }
        catch (UnfitInputException)
        {
            return (layout.PlanePoints(), sphere.RadiusMetres);
        }
    }

    /// <summary>The test that was asked for, or null.</summary>
    public Finding? Run(ParseResult parsed, IReadOnlyList<IReadOnlyList<Averaged>> files, string? neighbourFile)
    {
        if (parsed.GetValue(method) is not { } name)
        {
            return null;
        }

        if (files.Any(f => f.Count < 2))
        {
            throw new UsageException("--statistics compares two conditions: give --event twice.");
        }

        var options = new ClusterOptions
        {
            ThresholdT = parsed.GetValue(threshold),
            Alternative = parsed.GetValue(tail) switch
            {
                "two" => Alternative.TwoSided,
                "greater" => Alternative.Greater,
                "less" => Alternative.Less,
                var other => throw new UsageException($"--tail '{other}': expected two, greater or less."),
            },
            Permutations = name == "t" ? 1 : parsed.GetValue(permutations),
            Seed = parsed.GetValue(seed),
            Enhancement = name == "tfce" ? new EnhancementOptions { Step = parsed.GetValue(step) } : null,
        };
        var contrast = $"{files[0][0].Name} - {files[0][1].Name}";
        var (ofKind, kind) = Tested(files.Count == 1 ? files[0][0].Evoked : Evokeds.InCommon([.. files.Select(f => f[0].Evoked)])[0]);
        var neighbours = Neighbours(ofKind, neighbourFile);
        var test = files.Count == 1 ? OverTrials(files[0], ofKind, neighbours, contrast, options) : OverSubjects(files, ofKind, neighbours, contrast, options);
        var p = name == "t"
            ? MultipleComparisons.BenjaminiHochberg([.. test.Test.T.Select(t => TTests.PValue(t, test.Test.DegreesOfFreedom, options.Alternative))])
            : test.Test.PValues;
        return new(test, name, p, ofKind, kind);
    }

    /// <summary>Writes the picture and the table where they were asked for.</summary>
    public void Write(ParseResult parsed, Finding finding)
    {
        var force = parsed.GetValue(Common.Force);
        if (parsed.GetValue(figure) is { } picture)
        {
            FigureOutput.Save(Picture(finding), picture, force, finding.Test.Provenance);
        }

        if (parsed.GetValue(table) is { } path)
        {
            StudyWriter.WriteTable(path, force, finding.Test.Provenance, (stream, delimiter) => WriteTable(finding, stream, delimiter));
        }
    }

    public static JsonObject Json(Finding finding)
    {
        var (test, latencies) = (finding.Test.Test, finding.Test.Latencies.Values);
        return new JsonObject
        {
            ["method"] = finding.Method,
            ["contrast"] = finding.Test.Contrast,
            ["degrees_of_freedom"] = test.DegreesOfFreedom,
            ["threshold_t"] = double.IsFinite(test.Threshold) && finding.Method == "cluster" ? test.Threshold : null,
            ["permutations"] = finding.Method == "t" ? null : test.Permutations,
            ["exact"] = finding.Method == "t" ? null : test.IsExact,
            ["neighbours"] = finding.Test.Neighbours.Source,
            ["channels"] = new JsonArray([.. finding.Test.Neighbours.Labels.Select(l => (JsonNode)l)]),
            ["latency_s"] = AverageTables.Numbers(latencies),
            ["smallest_p"] = finding.PValues.Where(double.IsFinite).DefaultIfEmpty(1).Min(),
            ["significant_points"] = finding.PValues.Count(p => p < Level),
            ["clusters"] = new JsonArray([.. finding.Method != "cluster" ? [] : test.Clusters.Select(c => (JsonNode)new JsonObject
            {
                ["p"] = c.PValue,
                ["mass"] = c.Mass,
                ["size"] = c.Points.Count,
                ["from_s"] = latencies[c.FirstTime],
                ["to_s"] = latencies[c.LastTime],
                ["channels"] = new JsonArray([.. c.Channels.Select(i => (JsonNode)finding.Test.Neighbours.Labels[i])]),
            })]),
        };
    }

    private static SensorTimeTest OverTrials(IReadOnlyList<Averaged> conditions, Recording ofKind, SensorNeighbours neighbours, string contrast, ClusterOptions options)
    {
        if (conditions[0].Epochs is not { } first || conditions[1].Epochs is not { } second)
        {
            throw new UnfitInputException("A test over single trials needs a continuous recording; one file of averages holds one subject: give the others with --with FILE…");
        }

        var labels = ofKind.Channels.Select(c => c.Label).ToHashSet(StringComparer.Ordinal);
        int[] channels = [.. Enumerable.Range(0, first.Recording.Channels.Count).Where(c => labels.Contains(first.Recording.Channels[c].Label) && first.Recording.Channels[c].Kind == ofKind.Channels[0].Kind)];
        return SensorTimeTests.OverTrials(first, second, channels, neighbours, contrast, options);
    }

    private static SensorTimeTest OverSubjects(IReadOnlyList<IReadOnlyList<Averaged>> files, Recording ofKind, SensorNeighbours neighbours, string contrast, ClusterOptions options)
    {
        var names = ofKind.Channels.Select(c => ChannelName.Normalise(c.Label)).ToHashSet(StringComparer.Ordinal);
        var alike = Evokeds.InCommon([.. files.SelectMany(f => f.Take(2).Select(c => c.Evoked))]);
        var tested = alike.Select(a => a.Pick(c => names.Contains(ChannelName.Normalise(c.Label)))).ToList();
        return SensorTimeTests.OverSubjects([.. tested.Where((_, i) => i % 2 == 0)], [.. tested.Where((_, i) => i % 2 == 1)], neighbours.Among([.. tested[0].Channels.Select(c => c.Label)]), contrast, options);
    }

    private static SensorTimeFigure Picture(Finding finding)
    {
        var test = finding.Test.Test;
        var regions = new int[test.T.Length];
        if (finding.Method == "cluster")
        {
            for (var k = 0; k < test.Clusters.Count; k++)
            {
                foreach (var point in test.Clusters[k].PValue < Level ? test.Clusters[k].Points : [])
                {
                    regions[point] = k + 1;
                }
            }
        }
        else
        {
            for (var i = 0; i < regions.Length; i++)
            {
                regions[i] = finding.PValues[i] < Level ? (test.T[i] > 0 ? 1 : 2) : 0;
            }
        }

        var how = finding.Method switch
        {
            "cluster" => string.Create(CultureInfo.InvariantCulture, $"clusters of |t| > {test.Threshold:0.###}, p < {Level} outlined"),
            "tfce" => $"threshold-free cluster enhancement, p < {Level} outlined",
            _ => $"single t tests, false discovery rate < {Level} outlined",
        };
        var count = finding.Method == "t" ? "" : FormattableString.Invariant($" · {(test.IsExact ? "all" : "")} {test.Permutations} relabellings");
        return new SensorTimeFigure(finding.Test.Neighbours.Labels, finding.Test.Latencies, test.T, regions, "t value", Maps(finding))
        {
            Title = finding.Test.Contrast.Replace(" - ", " − ", StringComparison.Ordinal),
            Subtitle = FormattableString.Invariant($"t with {test.DegreesOfFreedom} degrees of freedom · {how}{count}"),
            Notes = ["t is positive where the first condition is greater. Maps: mean t over the latencies of a region."],
        };
    }

    // The mean t over the latencies of each significant region, the largest first.
    private static List<Topography> Maps(Finding finding)
    {
        var (test, latencies) = (finding.Test.Test, finding.Test.Latencies.Values);
        IEnumerable<(int First, int Last, double P)> spans = finding.Method == "cluster"
            ? test.Clusters.Where(c => c.PValue < Level).Select(c => (c.FirstTime, c.LastTime, c.PValue))
            : Enumerable.Range(0, test.T.Length).Where(i => finding.PValues[i] < Level).GroupBy(i => test.T[i] > 0)
                .Select(g => (g.Min(i => i % test.TimeCount), g.Max(i => i % test.TimeCount), g.Min(i => finding.PValues[i])));
        try
        {
            return [.. spans.Take(MostMaps).Select(s =>
            {
                double[] mean = [.. Enumerable.Range(0, test.ChannelCount).Select(c => Enumerable.Range(s.First, s.Last - s.First + 1).Average(t => test.T[(c * test.TimeCount) + t]))];
                var map = finding.Test.Map with { Axes = [], Values = new MemoryValues(mean, mean.Length) };
                return map.ToTopography(new TopographyOptions { Sphere = HeadSphere.Of(finding.Averages, finding.Kind) }) with
                {
                    Title = string.Create(CultureInfo.InvariantCulture, $"{1000 * latencies[s.First]:0} to {1000 * latencies[s.Last]:0} ms, p = {s.P:0.####}"),
                };
            })];
        }
        catch (UnfitInputException)
        {
            // Places that no map can be drawn over: the picture stands without.
            return [];
        }
    }

    private static void WriteTable(Finding finding, Stream output, Delimiter delimiter)
    {
        var (test, latencies, labels) = (finding.Test.Test, finding.Test.Latencies.Values, finding.Test.Neighbours.Labels);
        using var writer = new TableWriter(output, delimiter);
        var headings = finding.Method == "cluster" ? new[] { "p", "mass", "size", "from_s", "to_s", "channels" } : ["channel", "latency_s", "t", "p"];
        foreach (var heading in headings)
        {
            writer.Cell(heading);
        }

        writer.EndRow();
        foreach (var cluster in finding.Method == "cluster" ? test.Clusters : [])
        {
            writer.Cell(cluster.PValue);
            writer.Cell(cluster.Mass);
            writer.Cell((long)cluster.Points.Count);
            writer.Cell(latencies[cluster.FirstTime]);
            writer.Cell(latencies[cluster.LastTime]);
            writer.Cell(string.Join(' ', cluster.Channels.Select(c => labels[c])));
            writer.EndRow();
        }

        for (var i = 0; finding.Method != "cluster" && i < test.T.Length; i++)
        {
            writer.Cell(labels[i / test.TimeCount]);
            writer.Cell(latencies[i % test.TimeCount]);
            writer.Cell(test.T[i]);
            writer.Cell(finding.PValues[i]);
            writer.EndRow();
        }
    }
}
