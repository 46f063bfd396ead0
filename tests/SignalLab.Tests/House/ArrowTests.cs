using System.Text.RegularExpressions;

namespace SignalLab.Tests.House;

/// <summary>The compiler forbids arrows between projects; this forbids them between topic folders.</summary>
public sealed partial class ArrowTests
{
    private static readonly string Source = Path.Combine(SharedData.RepositoryRoot, "src");

    [Fact]
    public void Topic_folders_use_only_the_topics_they_may()
    {
        var allowed = Allowed().ToHashSet();
        Assert.Empty(Actual().Where(a => !allowed.Contains((a.From, a.To))).Select(a => $"{a.File}: {a.From} -> {a.To}"));
    }

    [Fact]
    public void No_allowed_arrow_is_left_that_nothing_uses()
    {
        var actual = Actual().Select(a => (a.From, a.To)).ToHashSet();
        Assert.Empty(Allowed().Where(a => !actual.Contains(a)).Select(a => $"{a.From} -> {a.To}"));
    }

    [Fact]
    public void The_allowed_arrows_form_no_circle()
    {
        var left = Allowed().ToList();
        while (left.Count > 0)
        {
            var free = left.Where(a => left.All(b => b.From != a.To)).ToList();
            Assert.True(free.Count > 0, "circle among: " + string.Join(", ", left));
            left.RemoveAll(free.Contains);
        }
    }

    [Fact]
    public void Projects_reference_only_the_projects_below_them()
    {
        var rank = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Model"] = [],
            ["Formats"] = ["Model"],
            ["Analysis"] = ["Model"],
            ["Figures"] = ["Model"],
            ["Learning"] = ["Model", "Analysis"],
            ["Review"] = ["Model", "Formats", "Analysis", "Figures", "Learning"],
            ["Cli"] = ["Model", "Formats", "Analysis", "Figures", "Learning", "Review"],
        };
        foreach (var (project, below) in rank)
        {
            var file = File.ReadAllText(Path.Combine(Source, $"SignalLab.{project}", $"SignalLab.{project}.csproj"));
            Assert.Equal(below.Order(), ProjectReference().Matches(file).Select(m => m.Groups[1].Value).Order());
        }
    }

    [Fact]
    public void The_nouns_need_no_package() =>
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Path.Combine(Source, "SignalLab.Model", "SignalLab.Model.csproj")), StringComparison.Ordinal);

    [Fact]
    public void No_source_file_is_longer_than_400_lines() => Assert.Empty(
        SourceFiles().Concat(SourceFiles("*.js")).Where(f => File.ReadLines(f).Count() > 400).Select(f => Path.GetRelativePath(Source, f)));

    private static IEnumerable<(string From, string To)> Allowed() =>
        File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "tests", "SignalLab.Tests", "House", "arrows.txt"))
            .Where(l => l.Contains("->", StringComparison.Ordinal) && !l.StartsWith('#'))
            .Select(l => l.Split("->", StringSplitOptions.TrimEntries))
            .Select(p => (p[0], p[1]));

    private static IEnumerable<(string From, string To, string File)> Actual()
    {
        foreach (var file in SourceFiles())
        {
            var parts = Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar);
            var project = parts[0].Replace("SignalLab.", "", StringComparison.Ordinal);
            var from = parts.Length > 2 ? $"{project}/{parts[1]}" : project;
            foreach (var to in TopicName().Matches(File.ReadAllText(file)).Select(m => $"{m.Groups[1].Value}/{m.Groups[2].Value}").Distinct())
            {
                var isTopic = Directory.Exists(Path.Combine(Source, "SignalLab." + to.Replace('/', Path.DirectorySeparatorChar)));
                if (isTopic && to != from && to.StartsWith(project + "/", StringComparison.Ordinal) && from != project)
                {
                    yield return (from, to, string.Join('/', parts));
                }
            }
        }
    }

    private static IEnumerable<string> SourceFiles(string pattern = "*.cs") => Directory.EnumerateFiles(Source, pattern, SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"SignalLab\.(Model|Formats|Analysis|Figures|Review|Cli)\.(\w+)")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*SignalLab\.(\w+)\.csproj""")]
    private static partial Regex ProjectReference();
}
