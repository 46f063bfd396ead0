using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalLab.Review.Files;
using SignalLab.Review.Marks;
using SignalLab.Review.Recordings;

namespace SignalLab.Review.Serving;

/// <summary>The reviewer: a web server on 127.0.0.1 that does the work of reading, filtering and measuring for the page that draws.</summary>
public sealed class ReviewServer : IAsyncDisposable
{
    /// <summary>Largest body of a request; annotations to import are the largest there are.</summary>
    private const long LargestBody = 8 << 20;

    private readonly WebApplication app;
    private readonly OpenRecordings recordings;
    private readonly MarkStores marks;

    private ReviewServer(WebApplication app, OpenRecordings recordings, MarkStores marks, Login login)
    {
        this.app = app;
        this.recordings = recordings;
        this.marks = marks;
        Login = login;
    }

    /// <summary>The address that lets one browser in, once.</summary>
    public Uri Address => Login.Address;

    /// <summary>The file that holds the address, readable by its owner alone.</summary>
    public string AddressFile => Login.File;

    private Login Login { get; }

    /// <summary>Starts serving.</summary>
    /// <param name="options">What is shown and where.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="IOException">The folder is not there, or the port is taken.</exception>
    public static async Task<ReviewServer> Start(ReviewOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var shelf = Shelf.Of(options.Root);
        var cache = options.CacheFolder ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "signallab", "review");
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxConcurrentConnections = 512;
        });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var recordings = new OpenRecordings(shelf, Path.Combine(cache, "overviews"), options.CacheBytes);
        var marks = new MarkStores(options.MarksFolder, Path.Combine(cache, "marks"), options.Clock);
        var gate = new Gate();
        app.Use(gate.Check);
        app.Use(Faults.Answer);
        app.UseRouting();
        Pages.Map(app);
        Routes.Map(app, new(shelf, recordings, marks, new(cache, options.Root), options));
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new IOException(FormattableString.Invariant($"127.0.0.1:{options.Port} cannot be listened on ({fault.GetBaseException().Message}): choose another --port."), fault);
        }

        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var login = new Login(bound.Port, cache);
        gate.Open(login);
        return new(app, recordings, marks, login);
    }

    /// <summary>Waits until the server was stopped.</summary>
    public Task WaitForShutdown(CancellationToken cancellation = default) => app.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        recordings.Dispose();
        marks.Dispose();
        Login.Dispose();
    }
}
