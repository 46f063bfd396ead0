using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using SignalLab.Model;
using SignalLab.Review.Files;
using SignalLab.Review.Marks;

namespace SignalLab.Tests.Review;

public sealed class MarkStoreTests : IDisposable
{
    private static readonly string[] Readers = ["anna", "ben"];
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("signallab-marks-");

    public void Dispose() => scratch.Delete(recursive: true);

    [Fact]
    public void Every_step_is_undone_and_done_again_without_limit()
    {
        using var store = Store([new(1, 0, "from the file")]);
        var states = new List<IReadOnlyList<Mark>> { store.All() };
        var random = new Random(9);
        for (var i = 0; i < 80; i++)
        {
            var marks = store.All();
            var some = marks.Count > 0 ? marks[random.Next(marks.Count)] : null;
            store.Do(
                (some, random.Next(3)) switch
                {
                    ({ }, 0) => new(null, [some with { Text = $"changed {i}", Onset = random.NextDouble() * 100 }], null),
                    ({ }, 1) => new(null, null, [some.Id]),
                    _ => new([New(random.NextDouble() * 100, $"new {i}"), New(5, $"second {i}")], null, null),
                },
                "anna");
            states.Add(store.All());
        }

        for (var i = states.Count - 2; i >= 0; i--)
        {
            store.Undo();
            Assert.Equal(states[i], store.All());
        }

        Assert.Equal(0, store.Undo().Step);
        for (var i = 1; i < states.Count; i++)
        {
            store.Redo();
            Assert.Equal(states[i], store.All());
        }

        Assert.Equal(0, store.Redo().Step);
    }

    [Fact]
    public void A_new_step_forgets_what_was_undone()
    {
        using var store = Store([]);
        store.Do(new([New(1, "a")], null, null), "anna");
        store.Undo();
        store.Do(new([New(2, "b")], null, null), "anna");
        Assert.Equal(0, store.Redo().Step);
        Assert.Equal("b", Assert.Single(store.All()).Text);
    }

    [Fact]
    public void Who_when_and_whether_a_person_made_it_are_kept_and_the_file_s_own_come_in_once()
    {
        using (var store = Store([new(3, 1, "own", "C3")]))
        {
            store.Do(new([New(1, "mine") with { Origin = "file", By = "somebody else" }, New(2, "found") with { Origin = "algorithm", By = "Detector 1" }], null, null), "anna");
        }

        using var again = Store([new(3, 1, "own", "C3")]);
        Assert.Equal(
            [("mine", "person", "anna"), ("found", "algorithm", "Detector 1"), ("own", "file", "")],
            again.All().Select(m => (m.Text, m.Origin, m.By)));
        Assert.All(again.All().Take(2), m => Assert.EndsWith("Z", m.Made, StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_fails_changes_nothing()
    {
        using var store = Store([]);
        store.Do(new([New(1, "a")], null, null), "anna");
        Assert.Throws<UnfitInputException>(() => store.Do(new([New(2, "b")], null, [999]), "anna"));
        Assert.Throws<UnfitInputException>(() => store.Do(new([New(double.NaN, "c")], null, null), "anna"));
        Assert.Throws<UnfitInputException>(() => store.Do(new([New(1, "")], null, null), "anna"));
        Assert.Equal("a", Assert.Single(store.All()).Text);
    }

    [Fact]
    public async Task Annotations_go_out_as_a_table_and_as_edf_and_come_in_again()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf", "eeg-gaps.edf");
        var place = "file=eeg.edf&reader=anna";
        object step = new { add = new[] { new { onset = 1.5, duration = 0.25, text = "sharp, \"left\"\nsecond line", channel = "C3", origin = "person", by = "", made = "" } } };
        using var done = await reviewing.Client.PostAsJsonAsync($"/api/marks/do?{place}", step, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        foreach (var ending in new[] { ".csv", ".edf" })
        {
            var bytes = await reviewing.Client.GetByteArrayAsync($"/api/marks/export?{place}&ending={ending}", TestContext.Current.CancellationToken);
            var found = MarkFiles.Read("marks" + ending, bytes);
            var mark = Assert.Single(found, m => m.Text.StartsWith("sharp", StringComparison.Ordinal));
            Assert.Equal((1.5, 0.25), (mark.Onset, mark.Duration));
            Assert.Equal("sharp, \"left\"\nsecond line", mark.Text);
            using var body = new ByteArrayContent(bytes);
            using var taken = await reviewing.Client.PostAsync($"/api/marks/import?file=eeg-gaps.edf&reader=ben&name=marks{ending}", body, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }
    }

    [Fact]
    public void Readers_are_compared_by_pairs()
    {
        using var store = Store([]);
        foreach (var (reader, shift) in Readers.Zip([0.0, 0.3]))
        {
            store.Do(new([New(10 + shift, "spike"), New(20 + shift, "spike"), New((reader == "anna" ? 50 : 60) + shift, "spike"), New(30, "slow") with { Duration = 5 }], null, null), reader);
        }

        Assert.Equal(
            [new("slow", 1, 1, 1, 1), new("spike", 3, 3, 2, 4 / 6.0)],
            ReaderAgreement.Of(store.All(), "anna", "ben"));
    }

    // A server of its own is killed while annotations come in; whatever it answered must be there afterwards.
    [Fact]
    public async Task What_was_answered_survives_a_kill_at_any_moment()
    {
        var data = Directory.CreateDirectory(Path.Combine(scratch.FullName, "data")).FullName;
        File.Copy(Path.Combine(SharedData.RepositoryRoot, "recordings", "eeg.edf"), Path.Combine(data, "eeg.edf"));
        var random = new Random(11);
        var answered = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            using var process = Process.Start(new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "signallab.exe" : "signallab"),
                ["review", data, "--no-open", "--cache", Path.Combine(scratch.FullName, "cache")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,

                // It lives for a second: code that is compiled quickly serves it better than code that runs quickly.
                Environment = { ["DOTNET_TC_QuickJitForLoops"] = "1", ["DOTNET_ReadyToRun"] = "1" },
            })!;
            var address = new Uri((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            using var client = new HttpClient { BaseAddress = new(address.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromSeconds(20) };
            using (await client.GetAsync(address, TestContext.Current.CancellationToken))
            {
            }

            Timer? kill = null;
            for (var i = 0; i < 1000; i++)
            {
                var text = FormattableString.Invariant($"{round}.{i}");
                try
                {
                    using var answer = await client.PostAsJsonAsync("/api/marks/do?file=eeg.edf&reader=anna", new { add = new[] { new { onset = 1.0 * i, duration = 0, text, origin = "person", by = "", made = "" } } }, TestContext.Current.CancellationToken);
                    if (answer.IsSuccessStatusCode)
                    {
                        answered.Add(text);
                        kill ??= new Timer(_ => process.Kill(), null, random.Next(0, 150), Timeout.Infinite);
                    }
                }
                catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
                {
                    break;
                }
            }

            if (kill is not null)
            {
                await kill.DisposeAsync();
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var store = new MarkStore(Path.Combine(data, "eeg.edf" + OwnFiles.MarksEnding), [], TimeProvider.System);
        var kept = store.All().Select(m => m.Text).ToHashSet();
        Assert.NotEmpty(answered);
        Assert.Subset(kept, answered);
    }

    private static Mark New(double onset, string text) => new(0, onset, 0, text, null, "person", "", "");

    private MarkStore Store(IReadOnlyList<Annotation> own) => new(Path.Combine(scratch.FullName, "a.edf" + OwnFiles.MarksEnding), own, TimeProvider.System);
}
