using System.Net;
using SignalLab.Review.Serving;

namespace SignalLab.Tests.Review;

/// <summary>A reviewer over a folder of its own, and a client that has logged in.</summary>
internal sealed class Reviewing : IAsyncDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("signallab-review-");
    private ReviewServer server = null!;

    public string Folder => Path.Combine(scratch.FullName, "data");

    public string Cache => Path.Combine(scratch.FullName, "cache");

    public HttpClient Client { get; private set; } = null!;

    public Uri Root { get; private set; } = null!;

    public Uri Address => server.Address;

    public string AddressFile => server.AddressFile;

    public static async Task<Reviewing> Start(params string[] recordings)
    {
        var reviewing = new Reviewing();
        Directory.CreateDirectory(reviewing.Folder);
        foreach (var name in recordings)
        {
            File.Copy(Path.Combine(SharedData.RepositoryRoot, "recordings", name), Path.Combine(reviewing.Folder, name));
        }

        await reviewing.Restart();
        return reviewing;
    }

    public async Task Restart(Func<ReviewOptions, ReviewOptions>? with = null)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        server = await ReviewServer.Start((with ?? (o => o))(new(Folder) { CacheFolder = Cache }));
        Root = new(server.Address.GetLeftPart(UriPartial.Authority));
        Client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = Root };
        using var entered = await Client.GetAsync(server.Address);
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        scratch.Delete(recursive: true);
    }
}
