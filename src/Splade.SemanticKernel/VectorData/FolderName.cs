using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Names of folders, of which each collection has its own on every file system, whatever letters its name has.</summary>
/// <remarks>
/// <para>
/// Small letters of ASCII, digits, minus and underline stand for themselves, all other bytes of UTF-8 are escaped as <c>%4E</c>. So folders differ in
/// more than case, dots and blanks at the end or the form of accents, which file systems may not tell apart. Names of devices of Windows have their
/// first letter escaped.
/// </para>
/// <para>What would be too long is cut, and an equals sign and a hash follow; the folder itself remembers the name.</para>
/// </remarks>
internal static class FolderName
{
    /// <summary>File systems take 255 bytes, encrypting ones 143, and paths on Windows 260 altogether.</summary>
    private const int MostLength = 120;

    private const int LengthOfHash = 2 * SHA256.HashSizeInBytes;
    private const int LengthOfEscape = 3;
    private const char Escape = '%';
    private const char Shortened = '=';

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <param name="collection">The name of a collection, valid UTF-16.</param>
    public static string Of(string collection)
    {
        string name = IsDevice(collection) ? EscapeOf((byte)collection[0]) + collection[1..] : Escaped(collection);
        if (name.Length <= MostLength)
        {
            return name;
        }

        int length = MostLength - LengthOfHash - 1;
        int cut = name.LastIndexOf(Escape, length - 1, LengthOfEscape - 1);
        return name[..(cut < 0 ? length : cut)] + Shortened + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(collection)));
    }

    /// <summary>Whether a folder's name does not say all of the collection's.</summary>
    public static bool IsShortened(string folder) => folder.Contains(Shortened, StringComparison.Ordinal);

    /// <summary>The collection whose folder may have a name, if that is not shortened.</summary>
    public static string CollectionOf(string folder) => Uri.UnescapeDataString(folder);

    private static string Escaped(string collection)
    {
        var escaped = new StringBuilder();
        foreach (byte unit in Encoding.UTF8.GetBytes(collection))
        {
            _ = Plain.Contains((char)unit) ? escaped.Append((char)unit) : escaped.Append(EscapeOf(unit));
        }

        return escaped.ToString();
    }

    private static string EscapeOf(byte unit) => string.Create(CultureInfo.InvariantCulture, $"{Escape}{unit:X2}");

    private static bool IsDevice(string name) =>
        name is "con" or "prn" or "aux" or "nul" || (name is ['c', 'o', 'm', _] or ['l', 'p', 't', _] && char.IsAsciiDigit(name[^1]));
}
