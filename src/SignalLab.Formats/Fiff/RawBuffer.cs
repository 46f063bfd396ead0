namespace SignalLab.Formats.Fiff;

/// <summary>A run of stored samples of all channels, sample by sample.</summary>
/// <param name="Bytes">The file they are in.</param>
/// <param name="Offset">Byte offset of the first sample.</param>
/// <param name="Type">How numbers are coded.</param>
/// <param name="First">Index of its first sample among the stored ones.</param>
/// <param name="Count">Samples per channel.</param>
/// <param name="Gains">Per channel, from number to SI unit.</param>
internal readonly record struct RawBuffer(ByteSource Bytes, long Offset, int Type, long First, int Count, double[] Gains);
