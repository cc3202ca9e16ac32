using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Splade.Testing;

/// <summary>The rooms of a project, which are its folders, and the arrows between them: what the compiler sees a file name that another one declares.</summary>
/// <remarks>Read from the sources and not from namespaces, which a user sees and which several rooms may share. Names in comments are none.</remarks>
internal sealed class SourceRooms
{
    /// <summary>The room of the files that lie in no folder.</summary>
    public const string Root = "";

    private SourceRooms(IReadOnlyCollection<string> rooms, IReadOnlyCollection<RoomArrow> arrows)
    {
        Rooms = rooms;
        Arrows = arrows;
    }

    /// <summary>Every folder that has sources, by its path in the project.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Every file that names a type of another room.</summary>
    public IReadOnlyCollection<RoomArrow> Arrows { get; }

    public static SourceRooms Read(string project)
    {
        SyntaxTree[] trees = Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsOutput(Path.GetRelativePath(project, file)))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview), file))
            .ToArray();
        var compilation = CSharpCompilation.Create("rooms", [.. trees, ImplicitUsings()], References(project), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ILookup<string, string> declared = trees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .SelectMany(DeclaredNames, (node, name) => (Name: name, Room: RoomOf(project, node.SyntaxTree.FilePath)))
            .Distinct()
            .ToLookup(d => d.Name, d => d.Room);
        var arrows = new ConcurrentBag<RoomArrow>();
        Parallel.ForEach(trees, tree =>
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            string from = RoomOf(project, tree.FilePath);
            var names = tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => declared.Contains(name.Identifier.Text));
            foreach (IGrouping<string, SimpleNameSyntax> ofOneText in names.GroupBy(name => name.Identifier.Text))
            {
                // The compiler is asked until it says a type, as it takes long: only one of several types of that name may come after another one.
                IEnumerable<string> targets = ofOneText.Select(name => DeclaringFile(model.GetSymbolInfo(name).Symbol)).OfType<string>();
                foreach (string target in (declared[ofOneText.Key].Count() == 1 ? targets.Take(1) : targets).Where(file => RoomOf(project, file) != from))
                {
                    arrows.Add(new RoomArrow(from, RoomOf(project, target), Path.GetFileName(tree.FilePath), ofOneText.Key));
                }
            }
        });
        return new SourceRooms(trees.Select(t => RoomOf(project, t.FilePath)).Distinct().ToArray(), arrows.Distinct().ToArray());
    }

    /// <summary>By what a type that is declared here can be named, or an extension method: only of these names the compiler is asked, which takes long.</summary>
    private static IEnumerable<string> DeclaredNames(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.Text, type.Identifier.Text.Replace(nameof(Attribute), "", StringComparison.Ordinal)],
        DelegateDeclarationSyntax type => [type.Identifier.Text],
        MethodDeclarationSyntax method when IsExtension(method) => [method.Identifier.Text],
        UsingDirectiveSyntax { Alias: { } alias } => [alias.Name.Identifier.Text],
        _ => [],
    };

    private static bool IsExtension(MethodDeclarationSyntax method) =>
        method.Parent is ExtensionBlockDeclarationSyntax || method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) is true;

    /// <summary>Where a type is declared, or the class of an extension method; null for what is named through one of them, or is another's.</summary>
    private static string? DeclaringFile(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath,
        IMethodSymbol { MethodKind: MethodKind.ReducedExtension } method => DeclaringFile(method.ContainingType),
        IMethodSymbol { MethodKind: MethodKind.Constructor } method => DeclaringFile(method.ContainingType),
        _ => null,
    };

    private static string RoomOf(string project, string file) => Path.GetDirectoryName(Path.GetRelativePath(project, file))!.Replace('\\', '/');

    private static bool IsOutput(string path) => path.Split('/', '\\')[0] is "bin" or "obj";

    private static IEnumerable<MetadataReference> References(string project) => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) != Path.GetFileName(project) + ".dll")
        .Select(path => MetadataReference.CreateFromFile(path));

    private static SyntaxTree ImplicitUsings() => CSharpSyntaxTree.ParseText(
        string.Concat(new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }
            .Select(space => $"global using {space};")),
        new CSharpParseOptions(LanguageVersion.Preview));
}

/// <summary>A file of a room names a type of another room.</summary>
internal sealed record RoomArrow(string From, string To, string File, string Name);
