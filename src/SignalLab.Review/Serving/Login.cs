using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SignalLab.Review.Serving;

/// <summary>
/// Who may come in: an address with a token that counts once is exchanged for a cookie. After each exchange a new address stands in the file, so that its owner can come in again.
/// </summary>
internal sealed class Login : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<string> sessions = [];
    private string token = "";

    /// <summary>Writes the first address.</summary>
    /// <param name="port">Port that is listened on.</param>
    /// <param name="folder">Where the file with the address goes.</param>
    public Login(int port, string folder)
    {
        Port = port;
        Directory.CreateDirectory(folder);
        File = Path.Combine(folder, FormattableString.Invariant($"address-{port}"));
        Renew();
    }

    public int Port { get; }

    public string File { get; }

    public string CookieName => "signallab-" + Port.ToString(CultureInfo.InvariantCulture);

    public Uri Address
    {
        get
        {
            lock (gate)
            {
                return AddressOf(token);
            }
        }
    }

    /// <summary>Takes a token in exchange for a session; null where it is not the one that counts.</summary>
    public string? Exchange(string offered)
    {
        lock (gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(token)))
            {
                return null;
            }

            var session = Secret();
            sessions.Add(session);
            Renew();
            return session;
        }
    }

    /// <summary>True where a cookie's value is a session's.</summary>
    public bool IsSession(string? offered)
    {
        lock (gate)
        {
            return offered is not null && sessions.Contains(offered);
        }
    }

    public void Dispose() => System.IO.File.Delete(File);

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private Uri AddressOf(string secret) => new(FormattableString.Invariant($"http://127.0.0.1:{Port}/login?token={secret}"));

    private void Renew()
    {
        token = Secret();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        System.IO.File.Delete(File);
        using var writer = new StreamWriter(File, options);
        writer.WriteLine(AddressOf(token));
    }
}
