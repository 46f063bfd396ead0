using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SignalLab.Cli.Norms;
using SignalLab.Review.Serving;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab review [PATH]</c>: the reviewer in the browser, on this machine alone.</summary>
internal static class ReviewVerb
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "Folder whose recordings may be opened, or one file.", DefaultValueFactory = _ => "." };
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 lets the system choose." };
        var noOpen = new Option<bool>("--no-open") { Description = "Only print the address; open no browser." };
        var marks = new Option<string>("--marks") { Description = "Folder for annotations; without it they are kept beside each recording." };
        var cache = new Option<string>("--cache") { Description = "Folder for overviews of long recordings and for the login address." };
        var command = new Command("review", "Opens the reading station in the browser; nobody else on the network can reach it. Example: signallab review night.edf")
        {
            path, port, noOpen, marks, cache,
        };
        command.SetAction((parsed, cancellation) => Run(
            new(parsed.GetValue(path)!)
            {
                Port = PortOf(parsed.GetValue(port)),
                MarksFolder = parsed.GetValue(marks),
                CacheFolder = parsed.GetValue(cache),
                Version = Program.Version,
                OwnNorms = () => [.. NormFolder.Own(quiet: true).Select(o => o.Set)],
            },
            parsed.GetValue(noOpen),
            cancellation));
        return command;
    }

    private static int PortOf(int port) => port is >= 0 and <= 65535 ? port : throw new UsageException(FormattableString.Invariant($"--port {port}: expected 0 to 65535."));

    private static async Task<int> Run(ReviewOptions options, bool noOpen, CancellationToken cancellation)
    {
        await using var server = await ReviewServer.Start(options, cancellation).ConfigureAwait(false);
        Console.Out.WriteLine(server.Address);
        Console.Error.WriteLine($"The address lets one browser in, once; a fresh one stands in {server.AddressFile}. Ctrl+C ends.");
        if (!noOpen)
        {
            OpenBrowser(server.Address);
        }

        await server.WaitForShutdown(cancellation).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static void OpenBrowser(Uri address)
    {
        try
        {
            var opener = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open" : "xdg-open";
            var start = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new ProcessStartInfo(address.ToString()) { UseShellExecute = true } : new ProcessStartInfo(opener, address.ToString());
            Process.Start(start)?.Dispose();
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            Console.Error.WriteLine("No browser could be opened: open the address by hand.");
        }
    }
}
