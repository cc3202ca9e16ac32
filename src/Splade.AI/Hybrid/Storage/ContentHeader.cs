using System.Runtime.InteropServices;

namespace Splade.AI.Hybrid.Storage;

/// <summary>What the contents of a segment consist of.</summary>
/// <param name="Rows">How many records there are.</param>
/// <param name="Fields">How many names their metadata has.</param>
/// <param name="Values">How many values, those of each name counted by themselves.</param>
/// <param name="Reserved">0.</param>
/// <param name="Entries">Numbers that the rows' metadata takes.</param>
/// <param name="Postings">How many rows the lists of all values have.</param>
/// <param name="NameBytes">Bytes of the names.</param>
/// <param name="ValueBytes">Bytes of the values.</param>
/// <param name="TextBytes">Bytes of the texts.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct ContentHeader(
    int Rows, int Fields, int Values, int Reserved, long Entries, long Postings, long NameBytes, long ValueBytes, long TextBytes)
{
    /// <summary>Bytes that are kept for it.</summary>
    public const int Size = 128;
}
