using System.Text;

namespace Splade.AI.Vectors.Files;

/// <summary>UTF-8 that refuses what it cannot read or write, where .NET's own puts a question mark in its place.</summary>
internal static class StrictUtf8
{
    /// <summary>A reader that is given this passes over the mark that some programs begin a file with.</summary>
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
}
