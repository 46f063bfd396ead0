using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Learning.Beats;
using SignalLab.Review.Ecg;

namespace SignalLab.Tests.Review;

public sealed class EcgRoutesTests
{
    private const int QrsOff = 5;

    [Fact]
    public async Task The_examination_of_the_page_is_that_of_the_command_line()
    {
        await using var reviewing = await Reviewing.Start("ecg12.hea", "ecg12.dat");
        var card = await Card(reviewing, "ecg12.hea");
        var examination = SignalLab.Formats.Recordings.Open(Path.Combine(reviewing.Folder, "ecg12.hea")).Examine(new() { Classifier = TrainedBeatClassifier.Bundled });
        Assert.Equal(examination.Beats.Select(b => Math.Round(b.Seconds, 4)), card.GetProperty("beats").GetProperty("time").EnumerateArray().Select(t => t.GetDouble()));
        Assert.Equal(examination.Measurements.Select(m => m.Value), card.GetProperty("measured").GetProperty("measurements").EnumerateArray().Select(Value));
        Assert.Equal(examination.Median!.Waveforms.ReadAll(0).Select(v => (float)v), Samples(card.GetProperty("median").GetProperty("samples")[0]));
    }

    [Fact]
    public async Task A_moved_fiducial_changes_its_interval_and_is_kept_with_who_moved_it()
    {
        await using var reviewing = await Reviewing.Start("ecg12.hea", "ecg12.dat");
        var card = await Card(reviewing, "ecg12.hea");
        var (place, before) = (Place(card.GetProperty("measured"), QrsOff), Number(card.GetProperty("measured"), "QRS duration"));
        var tried = await Move(reviewing, "ecg12.hea", "qrs_off", place + 0.02, isKept: false);
        Assert.Equal(before + 20, Number(tried, "QRS duration"), 1e-6);
        Assert.Equal(before, Number((await Card(reviewing, "ecg12.hea")).GetProperty("measured"), "QRS duration"));

        await Move(reviewing, "ecg12.hea", "qrs_off", place + 0.02, isKept: true);
        await reviewing.Restart();
        var kept = (await Card(reviewing, "ecg12.hea")).GetProperty("measured");
        Assert.Equal(before + 20, Number(kept, "QRS duration"), 1e-6);
        Assert.Equal(FormattableString.Invariant($"ECG fiducial qrs_off {place:0.#####} → {place + 0.02:0.#####} s (by Anna)"), kept.GetProperty("trail")[0].GetProperty("text").GetString());

        using var undone = await reviewing.Client.PostAsync("/api/marks/undo?file=ecg12.hea", null, TestContext.Current.CancellationToken);
        Assert.Equal(before, Number((await Card(reviewing, "ecg12.hea")).GetProperty("measured"), "QRS duration"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"fiducials\":{}}")]
    [InlineData("{\"fiducials\":{\"qrs_off\":\"x\"}}")]
    [InlineData("{\"fiducials\":{\"qrs_off\":1e400}}")]
    [InlineData("{\"fiducials\":{\"qrs_off\":-1}}")]
    [InlineData("{\"fiducials\":{\"qrs_off\":0}}")]
    [InlineData("{\"fiducials\":{\"elbow\":0.5}}")]
    [InlineData("{\"lead\":\"V9\",\"fiducials\":{\"qrs_off\":0.5}}")]
    public async Task Odd_fiducials_are_refused(string body)
    {
        await using var reviewing = await Reviewing.Start("ecg12.hea", "ecg12.dat");
        foreach (var path in new[] { "/api/ecg/intervals", "/api/ecg/template" })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await reviewing.Client.PostAsync(path + "?file=ecg12.hea&keep=1", content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_reclassified_template_takes_all_its_beats_with_it()
    {
        await using var reviewing = await Reviewing.Start("strip.hea", "strip.dat");
        var card = await Card(reviewing, "strip.hea");
        var template = card.GetProperty("templates")[0];
        Assert.Equal("N", template.GetProperty("kind").GetString());
        using var answer = await reviewing.Client.PostAsJsonAsync("/api/ecg/template?file=strip.hea&reader=Anna", new { index = 0, @class = "F" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var beats = (await Card(reviewing, "strip.hea")).GetProperty("beats");
        var (classes, templates) = (beats.GetProperty("classes").GetString()!, beats.GetProperty("template").EnumerateArray().Select(t => t.GetInt32()).ToArray());
        Assert.Equal(template.GetProperty("count").GetInt32(), templates.Count(t => t == 0));
        Assert.All(Enumerable.Range(0, templates.Length).Where(i => templates[i] == 0), i => Assert.Equal('F', classes[i]));
    }

    [Fact]
    public void Measuring_only_the_usual_beat_anew_gives_what_measuring_everything_gives()
    {
        var bench = EcgBench.Of(SignalLab.Formats.Recordings.Open(Path.Combine(SharedData.RepositoryRoot, "recordings", "strip.hea")));
        Assert.True(bench.Found.Beats.Count > 200);
        var place = bench.Found.Median!.Global.QrsOff!.Value + 3;
        var moved = bench.With(new([(null, "qrs_off", place / bench.MedianRateHz)], []));
        var whole = (bench.Found with { Median = bench.Found.Median with { Global = bench.Found.Median.Global with { QrsOff = place } } }).MeasureIntervals();
        Assert.Equal(whole.Select(m => (m.Name, m.Value)), moved.Measurements.Select(m => (m.Name, m.Value)));
        Assert.NotEqual(bench.Found.Measurements.Select(m => m.Value), moved.Measurements.Select(m => m.Value));
    }

    private static async Task<JsonElement> Card(Reviewing reviewing, string file)
    {
        while (true)
        {
            using var answer = await reviewing.Client.GetAsync("/api/ecg?file=" + file, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task<JsonElement> Move(Reviewing reviewing, string file, string name, double seconds, bool isKept)
    {
        using var answer = await reviewing.Client.PostAsJsonAsync($"/api/ecg/intervals?file={file}&reader=Anna{(isKept ? "&keep=1" : "")}", new { fiducials = new Dictionary<string, double> { [name] = seconds } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static double Number(JsonElement measured, string name) =>
        measured.GetProperty("measurements").EnumerateArray().First(m => m.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();

    private static double? Value(JsonElement measured) => measured.GetProperty("value") is { ValueKind: JsonValueKind.Number } v ? v.GetDouble() : null;

    private static double Place(JsonElement measured, int mark) => measured.GetProperty("global")[mark].GetDouble();

    private static IEnumerable<float> Samples(JsonElement text)
    {
        var bytes = text.GetBytesFromBase64();
        return Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i));
    }
}
