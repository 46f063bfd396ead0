namespace SignalLab.Formats;

/// <summary>Files that belong together by their name: the same name with another ending.</summary>
internal static class SiblingFile
{
    /// <summary>Finds such a file.</summary>
    /// <param name="path">A path without the ending.</param>
    /// <param name="endings">Endings to look for, the likeliest first; each as it stands and in capitals.</param>
    /// <returns>The first that is there, or null.</returns>
    public static string? Find(string path, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (File.Exists(path + ending))
            {
                return path + ending;
            }

            if (File.Exists(path + ending.ToUpperInvariant()))
            {
                return path + ending.ToUpperInvariant();
            }
        }

        return null;
    }
}
