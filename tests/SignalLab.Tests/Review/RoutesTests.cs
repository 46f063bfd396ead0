using System.Net;
using System.Text.Json;

namespace SignalLab.Tests.Review;

public sealed class RoutesTests
{
    private static readonly string[] Paths =
    [
        "/api/page?file=eeg.edf&from=0&seconds=10&columns=500&montage=banana&low=1&high=70&notch=50&rows=0,1&own=&bad=",
        "/api/recording?file=eeg.edf&recording=0&montage=average", "/api/values?file=eeg.edf&time=3&low=1", "/api/spectrum?file=eeg.edf&channel=0&from=0&seconds=4&highest=70",
        "/api/map?file=eeg.edf&time=3&grid=32&average=1", "/api/map?file=eeg.edf&band=alpha&from=0&to=4&grid=32", "/api/maps?file=eeg.edf&time=3&latencies=-0.1,0&grid=32", "/api/maps?file=eeg.edf&bands=theta,alpha&from=0&to=4&grid=32", "/api/map/figure?file=eeg.edf&time=2&ending=.csv", "/api/marks?file=eeg.edf", "/api/marks/export?file=eeg.edf&ending=.csv",
        "/api/marks/compare?file=eeg.edf&first=a&second=b", "/api/sleep?file=eeg.edf", "/api/average?file=eeg.edf&event=x&before=0.1&after=0.3", "/api/files?path=", "/api/study?file=eeg.edf", "/api/overview?file=eeg.edf",
    ];

    private static readonly string[] Odd =
    [
        "", "-1", "1e308", "NaN", "Infinity", "-Infinity", "99999999999999999999", "0x10", "null", "[]", "{}", "%00", "%ff%fe", "../x", "a,b", "0,-1", "5000", "{\"name\":1}", "[\"A-B\"]", "reference:", "laplacian:0", "laplacian:x:y", "C3=1:2", "C3=-1::", "😀",
        new('x', 5000), "1,2,3,4", "0.0000001", "eeg.edf", ".exe",
    ];

    [Fact]
    public async Task Odd_values_in_a_query_are_refused_and_never_a_defect()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        foreach (var path in Paths)
        {
            var (route, query) = (path.Split('?')[0], path.Split('?')[1].Split('&'));
            for (var i = 0; i < query.Length; i++)
            {
                foreach (var odd in Odd)
                {
                    var changed = query.ToArray();
                    changed[i] = query[i].Split('=')[0] + "=" + (odd.StartsWith('%') ? odd : Uri.EscapeDataString(odd));
                    using var answer = await reviewing.Client.GetAsync($"{route}?{string.Join('&', changed)}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {route}?{string.Join('&', changed)}");
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"add\":[{}]}")]
    [InlineData("{\"add\":[null]}")]
    [InlineData("{\"remove\":[1e400]}")]
    [InlineData("{\"change\":[{\"id\":77,\"onset\":1,\"duration\":1,\"text\":\"x\",\"origin\":\"person\",\"by\":\"\",\"made\":\"\"}]}")]
    public async Task Odd_steps_are_refused(string body)
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        foreach (var path in new[] { "/api/marks/do", "/api/report", "/api/session", "/api/ecg/intervals" })
        {
            foreach (var type in new[] { "application/json", "text/plain" })
            {
                using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
                using var answer = await reviewing.Client.PostAsync(path + "?file=eeg.edf", content, TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {path} with {body} as {type}");
            }
        }
    }

    [Fact]
    public async Task The_value_at_the_cursor_is_the_sample_that_export_writes()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        using var answer = JsonDocument.Parse(await reviewing.Client.GetStringAsync("/api/values?file=eeg.edf&time=3.3", TestContext.Current.CancellationToken));
        var recording = SignalLab.Formats.Recordings.Open(Path.Combine(reviewing.Folder, "eeg.edf"));
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            Assert.Equal(recording.ReadAll(c)[(int)Math.Round(3.3 * recording.Channels[c].RateHz)], answer.RootElement.GetProperty("values")[c].GetDouble());
        }
    }

    [Fact]
    public async Task A_report_is_a_pdf_of_findings_pages_and_maps()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        using var content = new StringContent("""{"title":"EEG","findings":"One.\n\nTwo.","reader":"Anna","pages":[{"from":2,"seconds":5,"caption":""}],"maps":[3.5],"sensitivity":10,"withSleep":false}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await reviewing.Client.PostAsync("/api/report?file=eeg.edf&low=1&high=40", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..5]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_is_kept_for_the_next_session()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        var first = await Overview(reviewing);
        await reviewing.Restart();
        Assert.Single(Directory.GetFiles(Path.Combine(reviewing.Cache, "overviews")));
        Assert.Equal(first, await Overview(reviewing));
    }

    [Fact]
    public async Task Many_clients_at_once_are_all_served()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            for (var k = 0; k < 6; k++)
            {
                using var answer = await reviewing.Client.GetAsync(FormattableString.Invariant($"/api/page?file=eeg.edf&from={(i + k) % 20}&seconds=10&columns=1800&montage=banana&low=1&high=70"), TestContext.Current.CancellationToken);
                await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    return answer.StatusCode;
                }
            }

            return HttpStatusCode.OK;
        }));
        Assert.All(statuses, s => Assert.Equal(HttpStatusCode.OK, s));
    }

    private static async Task<byte[]> Overview(Reviewing reviewing)
    {
        while (true)
        {
            using var answer = await reviewing.Client.GetAsync("/api/overview?file=eeg.edf", TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
