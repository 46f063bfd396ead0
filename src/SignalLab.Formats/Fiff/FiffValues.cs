using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Reads what is in a tag, every size checked against the file first.</summary>
internal static class FiffValues
{
    extension(FiffFile file)
    {
        /// <summary>The tag's bytes.</summary>
        public byte[] Raw(FiffTag tag, string field) => file.Bytes.Read(tag.Data, tag.Size, field);

        /// <summary>A whole number.</summary>
        public int Int(FiffTag tag, string field)
        {
            var values = file.Numbers(tag, field);
            return values.Length > 0 && values[0] == Math.Floor(values[0]) && Math.Abs(values[0]) <= int.MaxValue + 1.0
                ? (int)Math.Clamp(values[0], int.MinValue, int.MaxValue)
                : throw new MalformedFileException(file.Path, tag.Data, field, values.Length == 0 ? "nothing" : FormattableString.Invariant($"{values[0]}"), "a whole number");
        }

        /// <summary>A real number, finite or not.</summary>
        public double Real(FiffTag tag, string field)
        {
            var values = file.Numbers(tag, field);
            return values.Length > 0 ? values[0] : throw new MalformedFileException(file.Path, tag.Data, field, "nothing", "a number");
        }

        /// <summary>All numbers of a tag that is no matrix.</summary>
        public double[] Numbers(FiffTag tag, string field)
        {
            var size = DataType.SizeOf(tag.Type);
            if (size == 0 || tag.Size % size != 0)
            {
                throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"{tag.Size} bytes of type {tag.Type}"), "whole numbers, floats or doubles");
            }

            var bytes = file.Raw(tag, field);
            var values = new double[bytes.Length / size];
            SampleCode.Decode(tag.Type, bytes, 1, values, 1);
            return values;
        }

        /// <summary>A text. Source: FIFF 1.4, strings are ISO 8859-1.</summary>
        public string Text(FiffTag tag, string field) => Encoding.Latin1.GetString(file.Raw(tag, field)).TrimEnd('\0');

        /// <summary>The shape of a dense matrix: rows and columns.</summary>
        public (int Rows, int Columns) Shape(FiffTag tag, string field)
        {
            var size = DataType.SizeOf(tag.Type & 0xffff);
            if ((tag.Type & 0x7fff_0000) != DataType.DenseMatrix || size == 0 || tag.Size < 12)
            {
                throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"{tag.Size} bytes of type 0x{tag.Type:x}"), "a dense matrix of real numbers");
            }

            Span<byte> tail = stackalloc byte[12];
            file.Bytes.ReadExactly(tag.Data + tag.Size - 12, tail, field);
            var (columns, rows, dimensions) = (BinaryPrimitives.ReadInt32BigEndian(tail), BinaryPrimitives.ReadInt32BigEndian(tail[4..]), BinaryPrimitives.ReadInt32BigEndian(tail[8..]));
            return dimensions == 2 && rows >= 0 && columns >= 0 && ((Int128)rows * columns * size) + 12 == tag.Size
                ? (rows, columns)
                : throw new MalformedFileException(
                    file.Path, tag.Data, field, FormattableString.Invariant($"{tag.Size} bytes for {rows} x {columns} numbers in {dimensions} dimensions"), "two dimensions that fit the tag's size");
        }

        /// <summary>A dense matrix, row by row.</summary>
        public double[][] Matrix(FiffTag tag, string field)
        {
            var (rows, columns) = file.Shape(tag, field);
            var size = DataType.SizeOf(tag.Type & 0xffff);
            var bytes = file.Bytes.Read(tag.Data, (long)rows * columns * size, field);
            var matrix = new double[rows][];
            for (var r = 0; r < rows; r++)
            {
                matrix[r] = new double[columns];
                SampleCode.Decode(tag.Type & 0xffff, bytes.AsSpan(r * columns * size, columns * size), 1, matrix[r], 1);
            }

            return matrix;
        }

        /// <summary>A structure of at least so many bytes.</summary>
        public byte[] Structure(FiffTag tag, int size, string field) => tag.Size >= size
            ? file.Bytes.Read(tag.Data, size, field)
            : throw new MalformedFileException(file.Path, tag.Data, field, FormattableString.Invariant($"{tag.Size} bytes"), FormattableString.Invariant($"{size} bytes"));
    }
}
