using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Norms;
using SignalLab.Learning.Beats;
using SignalLab.Review.Ecg;
using SignalLab.Review.Recordings;
using SignalLab.Review.Reports;

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
        var moved = bench.With(new([(null, "qrs_off", place / bench.MedianRateHz)], []), []);
        var whole = (bench.Found with { Median = bench.Found.Median with { Global = bench.Found.Median.Global with { QrsOff = place } } }).MeasureIntervals();
        Assert.Equal(whole.Select(m => (m.Name, m.Value)), moved.Measurements.Select(m => (m.Name, m.Value)));
        Assert.NotEqual(bench.Found.Measurements.Select(m => m.Value), moved.Measurements.Select(m => m.Value));
    }

    [Fact]
    public void A_mark_moved_in_leads_moves_the_one_over_all_leads_by_its_own_rule_unless_that_was_moved_itself()
    {
        var bench = EcgBench.Of(SignalLab.Formats.Recordings.Open(Path.Combine(SharedData.RepositoryRoot, "recordings", "ecg12.hea")));
        var median = bench.Found.Median!;
        string[] labels = [.. median.Waveforms.Channels.Select(c => c.Label)];
        var latest = median.Leads.Max(l => l.QrsOff)!.Value;
        var late = (latest + 10) / bench.MedianRateHz;
        MedianBeat With(params (string?, string, double?)[] fiducials) => new EcgEdits(fiducials, []).Applied(median);

        // One lead alone is an outlier; a third of the leads and one more is not.
        Assert.InRange(With((labels[0], "qrs_off", late)).Global.QrsOff!.Value, 0, latest);
        (string?, string, double?)[] five = [.. labels.Take(5).Select(l => ((string?)l, "qrs_off", (double?)late))];
        var moved = With(five);
        Assert.Equal(latest + 10, moved.Global.QrsOff);
        Assert.Equal(GlobalMarks.Join(moved.Leads, median.PeakIndex, bench.MedianRateHz).QrsOff, moved.Global.QrsOff);
        Assert.Equal(median.Global with { QrsOff = latest + 10 }, moved.Global);
        Assert.Equal(latest + 2, With([.. five, (null, "qrs_off", (latest + 2) / bench.MedianRateHz)]).Global.QrsOff);
        var duration = bench.With(new(five, []), []).Measurements.First(m => m.Name == "QRS duration").Value;
        Assert.Equal(1000 * (latest + 10 - median.Global.QrsOn!.Value) / bench.MedianRateHz, duration!.Value, 1e-6);
    }

    [Fact]
    public async Task A_mark_that_is_put_back_follows_the_leads_again_and_the_trail_says_so()
    {
        await using var reviewing = await Reviewing.Start("ecg12.hea", "ecg12.dat");
        var found = (await Card(reviewing, "ecg12.hea")).GetProperty("measured");
        var place = Place(found, QrsOff);
        var set = await Move(reviewing, "ecg12.hea", "qrs_off", place + 0.02, isKept: true);
        Assert.Equal("qrs_off", Assert.Single(set.GetProperty("set").EnumerateArray()).GetProperty("name").GetString());
        var released = await Post(reviewing, "/api/ecg/intervals?file=ecg12.hea&reader=Anna&keep=1", new { back = new[] { "qrs_off" } });
        Assert.Equal(place, Place(released, QrsOff));
        Assert.Empty(released.GetProperty("set").EnumerateArray());
        Assert.Equal(FormattableString.Invariant($"ECG fiducial qrs_off {place + 0.02:0.#####} → as found (by Anna)"), released.GetProperty("trail")[1].GetProperty("text").GetString());
        var lead = await Post(reviewing, "/api/ecg/intervals?file=ecg12.hea&reader=Anna&keep=1", new { lead = "V3", fiducials = new { qrs_off = place + 0.004 } });
        Assert.Equal("qrs_off", Assert.Single(lead.GetProperty("derived").EnumerateArray()).GetString());
        Assert.Equal(lead.GetProperty("derived").ToString(), (await Card(reviewing, "ecg12.hea")).GetProperty("measured").GetProperty("derived").ToString());
    }

    [Fact]
    public async Task Own_norms_go_first_can_be_chosen_and_give_no_verdict_while_the_sex_that_matters_is_unknown()
    {
        const string pack = "# id: clinic\n# source: our clinic\n# population: those who came\n# licence: ours\n# certainty: own\nmeasure\tunit\tsex\tage_from_y\tage_to_y\tlow\thigh\nQRS duration\tms\tF\t0\t120\t1\t2\nQRS duration\tms\tM\t0\t120\t1\t500\n";
        var set = NormPack.Read(new StringReader(pack), "clinic.tsv");
        await using var reviewing = await Reviewing.Start("strip.hea", "strip.dat");
        var header = Path.Combine(reviewing.Folder, "strip.hea");
        await File.WriteAllLinesAsync(header, [.. (await File.ReadAllLinesAsync(header, TestContext.Current.CancellationToken)).Where(l => !l.StartsWith("#<", StringComparison.Ordinal))], TestContext.Current.CancellationToken);
        await reviewing.Restart(options => options with { OwnNorms = () => [set with { Norms = [.. set.Norms.Select(n => n with { IsOwn = true })] }] });
        var card = await Card(reviewing, "strip.hea");
        Assert.Equal("those who came", card.GetProperty("norms")[0].GetProperty("population").GetString());
        Assert.Equal(("", "The limits depend on age and sex, which is not known."), Verdict(card.GetProperty("measured"), "QRS duration"));

        var told = await Post(reviewing, "/api/ecg/subject?file=strip.hea&reader=Anna&norms=clinic", new { sex = "F", age = 50 });
        var (verdict, source) = Verdict(told.GetProperty("measured"), "QRS duration");
        Assert.Equal("high", verdict);
        Assert.StartsWith("clinic: ", source, StringComparison.Ordinal);
        Assert.Equal("ECG subject sex F, age 50 y (by Anna)", told.GetProperty("measured").GetProperty("trail")[0].GetProperty("text").GetString());
        Assert.Equal("", Verdict((await Get(reviewing, "/api/ecg/judged?file=strip.hea&norms=AHA-ACCF-HRS-2009")).GetProperty("measured"), "P duration").Verdict);
        using (var undone = await reviewing.Client.PostAsync("/api/marks/undo?file=strip.hea", null, TestContext.Current.CancellationToken))
        {
            Assert.Equal("", Verdict((await Get(reviewing, "/api/ecg/judged?file=strip.hea")).GetProperty("measured"), "QRS duration").Verdict);
        }

        using var unknown = await reviewing.Client.GetAsync("/api/ecg/judged?file=strip.hea&norms=nobody", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Theory]
    [InlineData("{\"sex\":\"X\"}")]
    [InlineData("{\"age\":-1}")]
    [InlineData("{\"age\":1000}")]
    [InlineData("{\"sex\":\"F\"}")]
    [InlineData("{\"age\":57}")]
    public async Task An_odd_subject_and_one_that_the_file_states_are_refused(string body)
    {
        await using var reviewing = await Reviewing.Start("strip.hea", "strip.dat");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await reviewing.Client.PostAsync("/api/ecg/subject?file=strip.hea", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_chosen_strip_stands_in_the_report_true_to_scale_and_what_does_not_fit_is_refused()
    {
        await using var reviewing = await Reviewing.Start("strip.hea", "strip.dat");
        async Task<HttpResponseMessage> Report(object? strip) => await reviewing.Client.PostAsJsonAsync("/api/report?file=strip.hea", new { title = "ECG", strips = new[] { strip } }, TestContext.Current.CancellationToken);
        using (var answer = await Report(new { from = 3, seconds = 6.4, channels = new[] { 0, 1 }, speed = 25, gain = 10, caption = "Pause" }))
        {
            Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        }

        foreach (var odd in new object?[]
        {
            null,
            new { from = 3, seconds = 0, channels = new[] { 0 }, speed = 25, gain = 10 },
            new { from = 3, seconds = 6, channels = new[] { 9 }, speed = 25, gain = 10 },
            new { from = 3, seconds = 6, channels = Array.Empty<int>(), speed = 25, gain = 10 },
            new { from = 3, seconds = 600, channels = new[] { 0 }, speed = 25, gain = 10 },
            new { from = 3, seconds = 6, channels = new[] { 0 }, speed = 0, gain = 10 },
            new { from = 1e300, seconds = 6, channels = new[] { 0 }, speed = 25, gain = 10 },
            new { from = 3, seconds = 1e300, channels = new[] { 0 }, speed = 25, gain = 10 },
            new { from = 1e7, seconds = 6, channels = new[] { 0 }, speed = 25, gain = 10 },
            new { from = 3, seconds = 6, channels = new[] { 0 }, layout = "5x5", speed = 25, gain = 10 },
        })
        {
            using var answer = await Report(odd);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }

    [Fact]
    public void A_strip_is_as_long_as_was_chosen_and_its_caption_tells_time_leads_and_scale()
    {
        var recording = SignalLab.Formats.Recordings.Open(Path.Combine(SharedData.RepositoryRoot, "recordings", "strip.hea")) with { Start = new DateTime(2024, 3, 1, 10, 0, 0) };
        using var open = new OpenRecording(null!, recording, null!);
        var strip = new ChosenStrip(61.5, 4, [0, 1], null, false, 25, 10, null, "Pause").Checked().Figure(open, [], 1);
        var (first, second) = (recording.Channels[0].Label, recording.Channels[1].Label);
        Assert.Equal($"Pause · 10:01:01.5 (0:01:01.5) to 10:01:05.5 (0:01:05.5) · {first}, {second} · 25 mm/s · 10 mm/mV · as recorded", strip.Description);
        Assert.Equal(10 + (4 * 25) + (2 * 5), strip.Figure.SizeMm().Width);

        // Longer than a line of 6.4 s: as wide as the page's column.
        var lines = new ChosenStrip(61.5, 10, [0, 1], null, false, 25, 10, null, null).Checked().Figure(open, [], 1);
        Assert.Equal(174 + (2 * 5), lines.Figure.SizeMm().Width);
        Assert.Contains("(0:01:01.5) to 10:01:14.3", lines.Description, StringComparison.Ordinal);
    }

    private static (string? Verdict, string? Source) Verdict(JsonElement measured, string name)
    {
        var number = measured.GetProperty("measurements").EnumerateArray().First(m => m.GetProperty("name").GetString() == name);
        return (number.GetProperty("verdict").GetString(), number.GetProperty("source").GetString());
    }

    private static async Task<JsonElement> Get(Reviewing reviewing, string path)
    {
        using var answer = await reviewing.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> Post(Reviewing reviewing, string path, object body)
    {
        using var answer = await reviewing.Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
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
