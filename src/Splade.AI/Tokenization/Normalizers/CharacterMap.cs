using System.Buffers.Binary;
using System.Text.Unicode;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>The <c>precompiled_charsmap</c> of SentencePiece: a double-array trie of UTF-8 bytes, and what each key becomes.</summary>
/// <remarks>
/// Immutable. The layout is that of the crate spm_precompiled 0.1.4: the length of the trie in bytes, its units of 32 bits, little
/// endian, and texts that each end with a zero.
/// </remarks>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    private CharacterMap(uint[] units, byte[] texts)
    {
        _units = units;
        _texts = texts;
    }

    /// <summary>Reads a map, or returns null for bytes that are none.</summary>
    public static CharacterMap? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(bytes, out uint length) || length > bytes.Length - sizeof(uint))
        {
            return null;
        }

        var units = new uint[length / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((i + 1) * sizeof(uint))..]);
        }

        byte[] texts = bytes[((units.Length + 1) * sizeof(uint))..].ToArray();
        return units.Length > 0 && Utf8.IsValid(texts) ? new CharacterMap(units, texts) : null;
    }

    /// <summary>Looks up what characters become: what the shortest key becomes that they begin with.</summary>
    /// <param name="characters">One character or several, as UTF-8.</param>
    /// <param name="text">What they become, as UTF-8.</param>
    public bool TryMap(scoped ReadOnlySpan<byte> characters, out ReadOnlySpan<byte> text)
    {
        uint node = OffsetOf(_units[0]);
        foreach (byte b in characters)
        {
            node ^= b;
            if (b == 0 || node >= _units.Length || LabelOf(_units[node]) != b)
            {
                break;
            }

            uint unit = _units[node];
            node ^= OffsetOf(unit);
            if (HasValue(unit) && node < _units.Length)
            {
                text = TextAt(ValueOf(_units[node]));
                return true;
            }
        }

        text = default;
        return false;
    }

    private ReadOnlySpan<byte> TextAt(uint start)
    {
        ReadOnlySpan<byte> rest = start < _texts.Length ? _texts.AsSpan((int)start) : [];
        int length = rest.IndexOf((byte)0);
        return length < 0 ? rest : rest[..length];
    }

    private static bool HasValue(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint ValueOf(uint unit) => unit & 0x7FFFFFFF;

    private static uint LabelOf(uint unit) => unit & 0x800000FF;

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}
