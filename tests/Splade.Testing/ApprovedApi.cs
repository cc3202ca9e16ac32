using System.Reflection;

namespace Splade.Testing;

/// <summary>An assembly's public types and their interfaces, compared with an approved list. Their members are in its PublicAPI files.</summary>
public static class ApprovedApi
{
    /// <summary>Compares with the approved file. If they differ, what was received is written beside it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="approved">The approved file, whose name has <c>.approved.</c> in it.</param>
    public static void AssertSame(Assembly assembly, string approved)
    {
        string[] expected = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        string[] actual = [.. assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Describe)];
        string received = approved.Replace(".approved.", ".received.", StringComparison.Ordinal);
        File.Delete(received);
        if (!expected.SequenceEqual(actual))
        {
            File.WriteAllLines(received, actual);
            Assert.Fail($"The public API has changed. If that is meant, copy {received} over {approved}.\n"
                + $"New: {string.Join(", ", actual.Except(expected))}\nGone: {string.Join(", ", expected.Except(actual))}");
        }
    }

    private static IEnumerable<string> Describe(Type type)
    {
        Type[] contracts = type.IsEnum ? [] : type.GetInterfaces();
        return contracts.Where(i => i.IsPublic).Select(i => $"    implements {i}").Order(StringComparer.Ordinal).Prepend($"{Kind(type)} {type}");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };
}
