using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SignalLab.Review.Overviews;

/// <summary>Where what was computed from one recording is kept between sessions, in a folder of limited size.</summary>
/// <param name="folder">The folder.</param>
/// <param name="key">What tells the file and its state: path, time, length.</param>
/// <param name="mostBytes">Room of the folder.</param>
/// <param name="index">Which recording of the file.</param>
internal sealed class CacheFolder(string folder, string key, long mostBytes, int index = 0)
{
    private const string Kept = ".kept";

    /// <summary>Most bytes that all files together may take.</summary>
    public long MostBytes => mostBytes;

    /// <summary>The place of another recording of the same file.</summary>
    public CacheFolder Of(int recording) => new(folder, key, mostBytes, recording);

    /// <summary>What was kept under a name, open for reading, or null.</summary>
    public SafeFileHandle? Load(string name)
    {
        try
        {
            var path = PathOf(name);
            if (!File.Exists(path))
            {
                return null;
            }

            // The files that were used last stay longest.
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps something under a name and throws out what was unused for longest where there is no room; without a writable folder nothing is kept.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Save(string name, Action<SafeFileHandle> write)
    {
        var path = PathOf(name);
        var unfinished = FormattableString.Invariant($"{path}.{Environment.ProcessId}.part");
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(file);
            }

            File.Move(unfinished, path, overwrite: true);
            MakeRoom();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs time at the next opening, nothing else.
            return false;
        }
        finally
        {
            Remove(unfinished);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What is in use elsewhere stays.
        }
    }

    private void MakeRoom()
    {
        var room = mostBytes;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Kept).OrderByDescending(f => f.LastWriteTimeUtc))
        {
            room -= file.Length;
            if (room < 0)
            {
                Remove(file.FullName);
            }
        }
    }

    private string PathOf(string name) => Path.Combine(
        folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key}\n{index}")))[..16]) + "." + name + Kept);
}
