using System.Net;

namespace SignalLab.Tests.Review;

public sealed class GateTests
{
    [Fact]
    public async Task An_address_lets_in_once_and_a_fresh_one_stands_in_a_file_of_its_owner()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        var fresh = (await File.ReadAllTextAsync(reviewing.AddressFile, TestContext.Current.CancellationToken)).Trim();
        Assert.Equal(reviewing.Address.ToString(), fresh);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(reviewing.AddressFile));
        }

        using var other = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = reviewing.Root };
        using var first = await other.GetAsync(fresh, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"signallab-{reviewing.Root.Port}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        using var second = await other.GetAsync(fresh, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/main.js")]
    [InlineData("/api/files")]
    [InlineData("/api/page?file=eeg.edf&from=0&seconds=10")]
    [InlineData("/nothing")]
    public async Task Without_a_session_nothing_is_told(string path)
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        using var stranger = new HttpClient { BaseAddress = reviewing.Root };
        using var answer = await stranger.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_is_misdirected_and_a_foreign_origin_is_forbidden()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        using var host = new HttpRequestMessage(HttpMethod.Get, "/api/files");
        host.Headers.Host = "evil.example:80";
        using var misdirected = await reviewing.Client.SendAsync(host, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, misdirected.StatusCode);

        using var origin = new HttpRequestMessage(HttpMethod.Post, "/api/marks/undo?file=eeg.edf");
        origin.Headers.Add("Origin", "http://evil.example");
        using var forbidden = await reviewing.Client.SendAsync(origin, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        using var own = new HttpRequestMessage(HttpMethod.Get, "/api/files");
        own.Headers.Add("Origin", reviewing.Root.GetLeftPart(UriPartial.Authority));
        using var fine = await reviewing.Client.SendAsync(own, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_scripts_framing_and_storing()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        foreach (var path in new[] { "/", "/api/files", "/nothing" })
        {
            using var answer = await reviewing.Client.GetAsync(path, TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
            Assert.Equal("require-corp", Assert.Single(answer.Headers.GetValues("Cross-Origin-Embedder-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_body_larger_than_any_annotations_are_is_refused()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        using var body = new ByteArrayContent(new byte[9 << 20]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/marks/import?file=eeg.edf&name=a.csv") { Content = body };
        request.Headers.ExpectContinue = true;
        using var answer = await reviewing.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
