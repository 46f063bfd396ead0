using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SignalLab.UiTests;

/// <summary>A headless Firefox, driven by its own remote protocol: no other program is needed. Messages are <c>LENGTH:[0,number,command,parameters]</c> and <c>LENGTH:[1,number,error,result]</c>.</summary>
/// <remarks>Source: Firefox source docs, Marionette, "Protocol".</remarks>
internal sealed class Firefox : IDisposable
{
    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("signallab-firefox-");
    private readonly Process process;
    private readonly TcpClient client;
    private int number;

    public Firefox(string program)
    {
        var port = FreePort();
        File.WriteAllText(Path.Combine(profile.FullName, "user.js"), $"user_pref('marionette.port', {port});\nuser_pref('datareporting.policy.dataSubmissionEnabled', false);\nuser_pref('app.update.enabled', false);\nuser_pref('browser.shell.checkDefaultBrowser', false);\n");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--width", "1800", "--height", "960", "--profile", profile.FullName])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HOME"] = profile.FullName;
        start.Environment["MOZ_HEADLESS_WIDTH"] = "1800";
        start.Environment["MOZ_HEADLESS_HEIGHT"] = "960";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        client = Connected(port);
        Receive();
        Do("WebDriver:NewSession", new JsonObject { ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["timeouts"] = new JsonObject { ["script"] = 60_000 } } } });
    }

    public void Go(Uri address) => Do("WebDriver:Navigate", new JsonObject { ["url"] = address.AbsoluteUri });

    /// <summary>What a script in the page returns.</summary>
    public JsonNode? Run(string script, params JsonNode[] arguments) => Do("WebDriver:ExecuteScript", new JsonObject { ["script"] = script, ["args"] = new JsonArray(arguments) })?["value"];

    /// <summary>Waits until a script in the page gives true.</summary>
    public void Until(string script, params JsonNode[] arguments)
    {
        for (var until = Environment.TickCount64 + 60_000; Run(script, [.. arguments.Select(a => a.DeepClone())])?.GetValueKind() != JsonValueKind.True; Thread.Sleep(20))
        {
            Assert.True(Environment.TickCount64 < until, $"never true in Firefox: {script}");
        }
    }

    public void Key(string key) => Act("key", [new JsonObject { ["type"] = "keyDown", ["value"] = key }, new JsonObject { ["type"] = "keyUp", ["value"] = key }]);

    /// <summary>Presses the pointer at one place of the page, moves it to another and lets go.</summary>
    public void Drag(int fromX, int fromY, int toX, int toY) => Act("pointer", [Move(fromX, fromY), new JsonObject { ["type"] = "pointerDown", ["button"] = 0 }, Move(toX, toY), new JsonObject { ["type"] = "pointerUp", ["button"] = 0 }]);

    public void Click(string id)
    {
        var box = Run("const e = document.getElementById(arguments[0]); e.scrollIntoView({ block: 'nearest' }); const b = e.getBoundingClientRect(); return [Math.round(b.left + b.width / 2), Math.round(b.top + b.height / 2)]", id)!;
        Drag(box[0]!.GetValue<int>(), box[1]!.GetValue<int>(), box[0]!.GetValue<int>(), box[1]!.GetValue<int>());
    }

    public byte[] Picture() => Convert.FromBase64String(Do("WebDriver:TakeScreenshot", new JsonObject { ["full"] = false })!["value"]!.GetValue<string>());

    /// <summary>Errors of scripts, and what they wrote to the console as errors, a line each.</summary>
    public IReadOnlyList<string> Faults()
    {
        Do("Marionette:SetContext", new JsonObject { ["value"] = "chrome" });
        var lines = Run("""
            const thrown = Services.console.getMessageArray().filter(m => m instanceof Ci.nsIScriptError && !(m.flags & Ci.nsIScriptError.warningFlag) && m.sourceName.startsWith('http://127.0.0.1')).map(m => `${m.errorMessage} (${m.sourceName}:${m.lineNumber})`);
            const written = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).getEvents().filter(e => e.level === 'error' && e.filename.startsWith('http://127.0.0.1')).map(e => e.arguments.map(String).join(' '));
            return [...thrown, ...written];
            """)!.AsArray();
        Do("Marionette:SetContext", new JsonObject { ["value"] = "content" });
        return [.. lines.Select(l => l!.GetValue<string>())];
    }

    public void Dispose()
    {
        client.Dispose();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        profile.Delete(recursive: true);
    }

    private static JsonObject Move(int x, int y) => new() { ["type"] = "pointerMove", ["x"] = x, ["y"] = y, ["duration"] = 60, ["origin"] = "viewport" };

    private void Act(string kind, JsonArray actions) => Do("WebDriver:PerformActions", new JsonObject { ["actions"] = new JsonArray(new JsonObject { ["type"] = kind, ["id"] = kind, ["actions"] = actions }) });

    private JsonObject? Do(string command, JsonObject parameters)
    {
        var message = Encoding.UTF8.GetBytes(new JsonArray(0, ++number, command, parameters).ToJsonString());
        client.GetStream().Write([.. Encoding.ASCII.GetBytes($"{message.Length}:"), .. message]);
        var answer = Receive().AsArray();
        return answer[2] is { } fault ? throw new InvalidOperationException($"{command}: {fault["message"]}") : answer[3] as JsonObject;
    }

    private JsonNode Receive()
    {
        var (stream, length) = (client.GetStream(), 0);
        for (int digit; (digit = stream.ReadByte()) != ':'; length = (10 * length) + digit - '0')
        {
            Assert.InRange(digit, '0', '9');
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return JsonNode.Parse(bytes)!;
    }

    private TcpClient Connected(int port)
    {
        for (var until = Environment.TickCount64 + 60_000; ; Thread.Sleep(50))
        {
            try
            {
                return new("127.0.0.1", port);
            }
            catch (SocketException) when (Environment.TickCount64 < until && !process.HasExited)
            {
                // Firefox is still starting.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
