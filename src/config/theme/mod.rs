//! Themes: what each role looks like, on dark and light ground, with many colours, few and none.

mod color;
mod face;
mod roles;

pub use color::{Color, Depth};
pub use face::Face;
pub use roles::{ROLES, Role, RoleRow};

/// What a theme is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
    /// Any ground: attributes only.
    Plain,
}

/// A role that the reader's settings draw in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Override {
    /// `None`: on every ground.
    pub ground: Option<Ground>,
    pub role: Role,
    pub face: Face,
}

/// What each role looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// In the order of `ROLES`.
    faces: Vec<Face>,
}

impl Theme {
    /// The theme for `ground` on a terminal of `depth`. Without colours it is the plain one; with sixteen, whose shades
    /// the terminal decides, it is the plain one with a few of them on top. An override takes the whole face's place,
    /// its colours the nearest that there are; one for this ground counts more than one for all.
    #[must_use]
    pub fn new(ground: Ground, depth: Depth, overrides: &[Override]) -> Self {
        let faces = ROLES.iter().map(|row| {
            let chosen = |wanted| overrides.iter().rev().find(|o| o.role == row.role && o.ground == wanted);
            match chosen(Some(ground)).or_else(|| chosen(None)) {
                Some(chosen) => chosen.face.at(depth),
                None => row.face(ground, depth),
            }
        });
        Self { faces: faces.collect() }
    }

    /// How `role` is drawn; lies over what is below it, the lowest being [`Role::Text`].
    #[must_use]
    pub fn face(&self, role: Role) -> Face {
        self.faces.get(role as usize).copied().unwrap_or_default()
    }
}

impl RoleRow {
    fn face(&self, ground: Ground, depth: Depth) -> Face {
        // A test reads every face of the table.
        let read = |text: &str| Face::parse(text).unwrap_or_default();
        match (ground, depth) {
            (Ground::Plain, _) | (_, Depth::None) => read(self.plain),
            (Ground::Dark, Depth::Ansi16) => read(self.few_dark).over(read(self.plain)),
            (Ground::Light, Depth::Ansi16) => read(self.few_light).over(read(self.plain)),
            (Ground::Dark, _) => read(self.dark).at(depth),
            (Ground::Light, _) => read(self.light).at(depth),
        }
    }
}

#[cfg(test)]
mod tests;
