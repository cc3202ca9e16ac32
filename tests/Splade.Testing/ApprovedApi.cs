using System.Reflection;
using System.Runtime.CompilerServices;

namespace Splade.Testing;

/// <summary>What users of an assembly can call, compared with an approved list.</summary>
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
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> members = type.GetMembers(Declared)
            .Where(m => m is not Type && IsVisible(m))
            .Where(m => m is not MethodInfo { IsSpecialName: true } and not FieldInfo { IsSpecialName: true })
            .Where(m => m is not MethodInfo || !m.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(m => $"    {m.MemberType.ToString().ToLowerInvariant()} {m}{Accessors(m)}")
            .Order(StringComparer.Ordinal);
        IEnumerable<string> contracts = type.IsEnum ? [] : type.GetInterfaces().Where(i => i.IsPublic).Select(i => $"    implements {i}").Order(StringComparer.Ordinal);
        return contracts.Concat(members).Prepend($"{Kind(type)} {type}");
    }

    private static string Accessors(MemberInfo member) => member is PropertyInfo property
        ? $" {{ {string.Join("; ", property.GetAccessors(nonPublic: true).Where(IsVisible).Select(a => (a.IsStatic ? "static " : "") + a.Name[..3] + (IsInit(a) ? " (init)" : "")))} }}"
        : member is MethodInfo { IsStatic: true } ? " (static)" : "";

    private static bool IsInit(MethodInfo accessor) => accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        _ => true,
    };
}
