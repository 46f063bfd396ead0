using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>One file format: knows its files by their content and opens them lazily.</summary>
public interface IFormat
{
    /// <summary>The format's name as its users say it, for example <c>EDF</c>.</summary>
    string Name { get; }

    /// <summary>True where the beginning of the file is this format's; never throws.</summary>
    /// <param name="head">The file's beginning.</param>
    bool Recognises(FileHead head);

    /// <summary>Reads the headers; samples and voxels are read when asked for.</summary>
    /// <param name="path">The file (or folder).</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="MalformedFileException">The file is damaged or not of this format.</exception>
    Study Open(string path);
}
