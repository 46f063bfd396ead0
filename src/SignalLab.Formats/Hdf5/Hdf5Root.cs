using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>An open HDF5 file in the library's hands. Whatever the library says of a damaged file becomes one <see cref="MalformedFileException"/>; one thread at a time.</summary>
internal sealed class Hdf5Root
{
    private readonly string path;
    private readonly Lock gate = new();

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is no HDF5 file.</exception>
    public Hdf5Root(string path)
    {
        this.path = path;
        var stream = new Hdf5Stream(path);
        Length = stream.Length;
        File = Run("HDF5 file", () => H5File.Open(stream, leaveOpen: false));
    }

    /// <summary>The library keeps texts of every file that was not given back, and the file with them.</summary>
    ~Hdf5Root() => File?.Dispose();

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>The library's own; used within <see cref="Run"/>.</summary>
    public NativeFile File { get; }

    /// <summary>Does a piece of work with the library.</summary>
    /// <param name="field">What is read, for messages.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="MalformedFileException">The library cannot do it.</exception>
    public T Run<T>(string field, Func<T> work)
    {
        try
        {
            lock (gate)
            {
                return work();
            }
        }
        catch (TargetInvocationException e) when (e.InnerException is MalformedFileException known)
        {
            // The library reads some types through reflection.
            throw new MalformedFileException(path, known.Offset, known.Field, known.Found, known.Expected, known);
        }
        catch (Exception e) when (e is not MalformedFileException and not UnfitInputException)
        {
            throw new MalformedFileException(path, null, field, $"HDF5 that cannot be read ({e.Message})", "an undamaged HDF5 file", e);
        }
    }

    /// <summary>Gives the file back at once; without it that happens when nothing refers to the file any more.</summary>
    public void Close() => File.Dispose();
}
