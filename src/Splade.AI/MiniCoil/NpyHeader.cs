using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Splade.AI.MiniCoil;

/// <summary>What the head of a <c>.npy</c> file says (NumPy's format 1.0 to 3.0): the type, the order and the shape of its numbers.</summary>
/// <param name="Type">The type, as NumPy writes it, for example <c>&lt;f4</c>.</param>
/// <param name="IsByColumn">Whether the first dimension runs fastest.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Length">How many bytes come before the numbers.</param>
internal sealed partial record NpyHeader(string Type, bool IsByColumn, int[] Shape, int Length)
{
    /// <summary>Longer than any header of a few dimensions.</summary>
    private const int LongestText = 4096;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="FormatException">The bytes do not begin with such a header.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith(Magic) || file[6] is < 1 or > 3)
        {
            throw new FormatException("It does not begin as a .npy file of version 1 to 3 does.");
        }

        int start = file[6] == 1 ? 10 : 12;
        uint text = file[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (text > LongestText || start + text > file.Length)
        {
            throw new FormatException($"Its header is said to have {text} bytes.");
        }

        string header = Encoding.UTF8.GetString(file.Slice(start, (int)text));
        Match match = Fields().Match(header);
        return match.Success
            ? new NpyHeader(match.Groups["type"].Value, match.Groups["order"].Value == "True", ShapeOf(match.Groups["shape"].Value), start + (int)text)
            : throw new FormatException($"Its header is '{header.Trim()}', expected 'descr', 'fortran_order' and 'shape'.");
    }

    private static int[] ShapeOf(string shape) =>
    [
        .. shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : throw new FormatException(
                $"Its shape is ({shape}), expected whole numbers.")),
    ];

    // As NumPy writes it: keys in the order of the alphabet.
    [GeneratedRegex(@"\A\{'descr': '(?<type>[^']{1,16})', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[0-9, ]{0,128})\),? ?\}\s*\z")]
    private static partial Regex Fields();
}
