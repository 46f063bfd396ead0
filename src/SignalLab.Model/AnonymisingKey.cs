using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SignalLab.Model;

/// <summary>
/// Decides by how many days a subject's dates move and what identifiers become. The same key gives the same answers, so that the files of one subject stay together;
/// without the key neither can be traced back.
/// </summary>
/// <remarks>HMAC-SHA256 (RFC 2104) of what is asked; a secret in words is stretched by PBKDF2 (RFC 8018).</remarks>
public sealed class AnonymisingKey
{
    /// <summary>Dates move back by more than a year, so that neither the year nor the season is told.</summary>
    public const int FewestDays = 366;

    /// <summary>And by at most ten.</summary>
    public const int MostDays = 3652;

    private const int Rounds = 600_000;
    private const int KeyBytes = 32;

    private readonly byte[] key;

    private AnonymisingKey(byte[] key) => this.key = key;

    /// <summary>The key of a secret: whoever has both the secret and a subject's code can tell how far its dates moved.</summary>
    /// <param name="secret">Not empty.</param>
    public static AnonymisingKey OfSecret(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return new(Rfc2898DeriveBytes.Pbkdf2(secret, "SignalLab anonymising key"u8, Rounds, HashAlgorithmName.SHA256, KeyBytes));
    }

    /// <summary>A key that nobody knows and that is kept nowhere: every call gives another.</summary>
    public static AnonymisingKey Fresh() => new(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>By how many days the dates of a subject move back.</summary>
    /// <param name="subject">Told by its code, else by its name; capitals, blanks and underscores make no difference.</param>
    /// <returns><see cref="FewestDays"/> to <see cref="MostDays"/>.</returns>
    public int ShiftDays(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var who = subject.Id ?? subject.Name ?? "";
        var number = Number("days", string.Concat(who.Where(char.IsLetterOrDigit)).ToUpperInvariant());
        return FewestDays + (int)(number % (MostDays - FewestDays + 1));
    }

    /// <summary>The identifier that stands for another one.</summary>
    /// <param name="uid">An identifier: a DICOM UID, an ISO object identifier, a UUID.</param>
    /// <returns>An object identifier below 2.25 (ITU-T X.667), at most 44 characters.</returns>
    public string Uid(string uid) => "2.25." + Number("uid", uid).ToString(CultureInfo.InvariantCulture);

    private BigInteger Number(string what, string of) =>
        new(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{what}\n{of}")).AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
}
